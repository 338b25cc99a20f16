/** The yardsticks: what SQLite and PostgreSQL give without a broker in front. */
@NullMarked
package io.daypass.benchmarks.bare;

import org.jspecify.annotations.NullMarked;
