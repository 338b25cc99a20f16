/** What a number is: its unit, its goal, and how it is taken in one run with what it is held against. */
@NullMarked
package io.daypass.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
