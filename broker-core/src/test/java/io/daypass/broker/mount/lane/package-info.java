/** Tests. */
@NullMarked
package io.daypass.broker.mount.lane;

import org.jspecify.annotations.NullMarked;
