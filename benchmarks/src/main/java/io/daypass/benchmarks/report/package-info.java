/** The table, the file and the picture that a run leaves. */
@NullMarked
package io.daypass.benchmarks.report;

import org.jspecify.annotations.NullMarked;
