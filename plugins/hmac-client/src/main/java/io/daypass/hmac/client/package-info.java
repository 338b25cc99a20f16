/** Session tokens for apps: signed and checked offline, with keys that a broker rotates. Needs the JDK alone. */
@NullMarked
package io.daypass.hmac.client;

import org.jspecify.annotations.NullMarked;
