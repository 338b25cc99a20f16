/** The contract, tried on an engine that keeps it and on engines that don't. */
@NullMarked
package io.daypass.testkit;

import org.jspecify.annotations.NullMarked;
