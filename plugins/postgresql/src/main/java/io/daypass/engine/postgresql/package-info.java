/** PostgreSQL, 14 to 18: users created, extended and dropped in one round trip each, fenced by the server itself. */
@NullMarked
package io.daypass.engine.postgresql;

import org.jspecify.annotations.NullMarked;
