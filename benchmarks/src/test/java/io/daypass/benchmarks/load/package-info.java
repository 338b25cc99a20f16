/** Tests. */
@NullMarked
package io.daypass.benchmarks.load;

import org.jspecify.annotations.NullMarked;
