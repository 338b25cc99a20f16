/** Where servers come from: tests that run on each of them ask here. */
@NullMarked
package io.daypass.embedded.source;

import org.jspecify.annotations.NullMarked;
