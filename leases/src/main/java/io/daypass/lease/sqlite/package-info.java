/** The embedded store: one SQLite file, one writer that commits what waits together. */
@NullMarked
package io.daypass.lease.sqlite;

import org.jspecify.annotations.NullMarked;
