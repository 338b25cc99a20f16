/** What happened to leases, given on: to whoever waits for an end, and to subscribers by cursor. */
@NullMarked
package io.daypass.broker.event;

import org.jspecify.annotations.NullMarked;
