/** The load driver: keep-alive connections on one thread, closed loop or paced. */
@NullMarked
package io.daypass.benchmarks.load;

import org.jspecify.annotations.NullMarked;
