/** The {@code database} engine: users of databases, made by a role's SQL through a connection. */
@NullMarked
package io.daypass.engine.database;

import org.jspecify.annotations.NullMarked;
