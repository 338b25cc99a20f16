/** Tests. */
@NullMarked
package io.daypass.broker.mount.bind;

import org.jspecify.annotations.NullMarked;
