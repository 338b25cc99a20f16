/** The engine without effect, which is loaded into the broker as any stranger's plugin is. */
@NullMarked
package io.daypass.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
