/** Tests of the barrier and of the seals. */
@NullMarked
package io.daypass.broker.seal;

import org.jspecify.annotations.NullMarked;
