/** Tests. */
@NullMarked
package io.daypass.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
