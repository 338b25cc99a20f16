/** The engine of SSH: certificates, one-time passwords and lines of {@code authorized_keys}, all of them leases. */
@NullMarked
package io.daypass.engine.ssh;

import org.jspecify.annotations.NullMarked;
