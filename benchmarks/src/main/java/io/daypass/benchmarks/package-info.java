/** How fast the broker is, as ratios taken in one run. */
@NullMarked
package io.daypass.benchmarks;

import org.jspecify.annotations.NullMarked;
