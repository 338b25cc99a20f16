/** What is measured, a class a scenario. */
@NullMarked
package io.daypass.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
