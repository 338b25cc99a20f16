/** What makes a database usable by the {@code database} engine: a connector, and the users that it creates and drops. */
@NullMarked
package io.daypass.plugin.database;

import org.jspecify.annotations.NullMarked;
