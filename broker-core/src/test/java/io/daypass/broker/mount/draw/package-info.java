/** Tests. */
@NullMarked
package io.daypass.broker.mount.draw;

import org.jspecify.annotations.NullMarked;
