/** Tests. */
@NullMarked
package io.daypass.benchmarks.report;

import org.jspecify.annotations.NullMarked;
