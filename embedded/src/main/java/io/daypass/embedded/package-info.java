/** Real servers, started from binaries that come with the build or the system: for the demo, the tests and the benchmarks. */
@NullMarked
package io.daypass.embedded;

import org.jspecify.annotations.NullMarked;
