/** SSH's wire format (RFC 4251, section 5), read with strict bounds and written. */
@NullMarked
package io.daypass.engine.ssh.wire;

import org.jspecify.annotations.NullMarked;
