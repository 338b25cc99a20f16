/** Tests. */
@NullMarked
package io.daypass.benchmarks.bare;

import org.jspecify.annotations.NullMarked;
