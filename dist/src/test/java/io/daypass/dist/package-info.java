/** End-to-end tests: the assembled directory, real child brokers, real PostgreSQL, real HTTP and TLS. */
@NullMarked
package io.daypass.dist;

import org.jspecify.annotations.NullMarked;
