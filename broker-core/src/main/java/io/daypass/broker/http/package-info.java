/** Bytes in, bytes out: requests are parsed once, errors get their status in one place. */
@NullMarked
package io.daypass.broker.http;

import org.jspecify.annotations.NullMarked;
