/** The life of a lease: its model, its state machine, and what is due. Time, entropy, store and engines are arguments. */
@NullMarked
package io.daypass.lease;

import org.jspecify.annotations.NullMarked;
