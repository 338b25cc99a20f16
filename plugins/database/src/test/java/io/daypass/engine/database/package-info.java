/** Tests of the engine's own decisions, on a mount in memory and a database that writes down what it is told. */
@NullMarked
package io.daypass.engine.database;

import org.jspecify.annotations.NullMarked;
