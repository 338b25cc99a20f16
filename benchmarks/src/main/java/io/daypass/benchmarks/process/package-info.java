/** The broker and the database server, as child processes. */
@NullMarked
package io.daypass.benchmarks.process;

import org.jspecify.annotations.NullMarked;
