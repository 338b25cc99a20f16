/** Named, versioned values, sealed by the broker: this module stores them and can't read them. */
@NullMarked
package io.daypass.entry;

import org.jspecify.annotations.NullMarked;
