/**
 * A deterministic simulation of the life of leases: the real reaper, table and minting, with everything around them
 * played by a seed: clocks, crashes, pauses, lost and late calls, targets that are away.
 */
@NullMarked
package io.daypass.lease.sim;

import org.jspecify.annotations.NullMarked;
