/** The contract of plugins: what every engine and every database connector must keep, tried on the real mount host. */
@NullMarked
package io.daypass.testkit;

import org.jspecify.annotations.NullMarked;
