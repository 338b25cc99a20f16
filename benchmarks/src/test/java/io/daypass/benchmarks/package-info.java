/** Tests. */
@NullMarked
package io.daypass.benchmarks;

import org.jspecify.annotations.NullMarked;
