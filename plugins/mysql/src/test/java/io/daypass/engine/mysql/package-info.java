/** Tests of the connector for MySQL and MariaDB, on real servers. */
@NullMarked
package io.daypass.engine.mysql;

import org.jspecify.annotations.NullMarked;
