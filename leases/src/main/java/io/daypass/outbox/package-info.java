/** What happened to leases, in order, written in the same commit as the change itself. */
@NullMarked
package io.daypass.outbox;

import org.jspecify.annotations.NullMarked;
