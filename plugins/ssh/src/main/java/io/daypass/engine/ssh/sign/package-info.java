/** Certificates as leases: asked for, drafted, signed, checked, revoked. */
@NullMarked
package io.daypass.engine.ssh.sign;

import org.jspecify.annotations.NullMarked;
