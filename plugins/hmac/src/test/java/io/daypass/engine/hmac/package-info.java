/** Tests of the HMAC engine. */
@NullMarked
package io.daypass.engine.hmac;

import org.jspecify.annotations.NullMarked;
