/** Certificates as OpenSSH's PROTOCOL.certkeys describes them: made, and read back. */
@NullMarked
package io.daypass.engine.ssh.cert;

import org.jspecify.annotations.NullMarked;
