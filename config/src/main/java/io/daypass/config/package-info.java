/** The server's configuration: typed records, how they are read from YAML, and what is said when they can't be. */
@NullMarked
package io.daypass.config;

import org.jspecify.annotations.NullMarked;
