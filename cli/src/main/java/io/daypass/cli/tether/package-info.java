/** Leases that live as long as a process. */
@NullMarked
package io.daypass.cli.tether;

import org.jspecify.annotations.NullMarked;
