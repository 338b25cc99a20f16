/** Who is asking: tokens, which are leases whose credential is the token itself; lease ids and accessors. */
@NullMarked
package io.daypass.broker.identity;

import org.jspecify.annotations.NullMarked;
