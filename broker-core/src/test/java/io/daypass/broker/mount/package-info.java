/** Tests. */
@NullMarked
package io.daypass.broker.mount;

import org.jspecify.annotations.NullMarked;
