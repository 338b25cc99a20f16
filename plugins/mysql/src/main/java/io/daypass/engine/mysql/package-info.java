/** Makes MySQL and MariaDB usable by the database engine. */
@NullMarked
package io.daypass.engine.mysql;

import org.jspecify.annotations.NullMarked;
