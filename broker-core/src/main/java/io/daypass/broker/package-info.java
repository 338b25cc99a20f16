/** The server. {@code Main} is the only place where things are put together. */
@NullMarked
package io.daypass.broker;

import org.jspecify.annotations.NullMarked;
