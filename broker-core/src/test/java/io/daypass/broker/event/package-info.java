/** Tests. */
@NullMarked
package io.daypass.broker.event;

import org.jspecify.annotations.NullMarked;
