/** What a database adds to the {@code database} engine: a connector, and the users that it creates and drops. */
@NullMarked
package io.daypass.plugin.database;

import org.jspecify.annotations.NullMarked;
