/** Tests of PostgreSQL, and real servers to test against. */
@NullMarked
package io.daypass.engine.postgresql;

import org.jspecify.annotations.NullMarked;
