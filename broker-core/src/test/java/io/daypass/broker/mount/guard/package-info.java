/** Tests. */
@NullMarked
package io.daypass.broker.mount.guard;

import org.jspecify.annotations.NullMarked;
