/** Tests. */
@NullMarked
package io.daypass.broker.identity;

import org.jspecify.annotations.NullMarked;
