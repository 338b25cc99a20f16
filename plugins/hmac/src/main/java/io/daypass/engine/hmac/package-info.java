/** The {@code hmac} engine: keys that sign session cookies, rotated, leased, and thrown out when they are revoked. */
@NullMarked
package io.daypass.engine.hmac;

import org.jspecify.annotations.NullMarked;
