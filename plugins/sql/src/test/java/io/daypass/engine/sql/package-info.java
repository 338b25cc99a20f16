/** Tests of what connectors share. */
@NullMarked
package io.daypass.engine.sql;

import org.jspecify.annotations.NullMarked;
