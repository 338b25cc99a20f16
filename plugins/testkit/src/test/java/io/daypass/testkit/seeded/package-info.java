/** Engines with one flaw each. */
@NullMarked
package io.daypass.testkit.seeded;

import org.jspecify.annotations.NullMarked;
