/** Tests. */
@NullMarked
package io.daypass.broker.http;

import org.jspecify.annotations.NullMarked;
