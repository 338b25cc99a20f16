/** Hosts without a CA: a leased line in somebody's {@code authorized_keys}, put there and taken away by SSH. */
@NullMarked
package io.daypass.engine.ssh.host;

import org.jspecify.annotations.NullMarked;
