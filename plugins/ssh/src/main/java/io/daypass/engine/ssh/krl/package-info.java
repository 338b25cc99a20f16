/** Key revocation lists as OpenSSH's PROTOCOL.krl describes them. */
@NullMarked
package io.daypass.engine.ssh.krl;

import org.jspecify.annotations.NullMarked;
