/** Tests of session tokens. */
@NullMarked
package io.daypass.hmac.client;

import org.jspecify.annotations.NullMarked;
