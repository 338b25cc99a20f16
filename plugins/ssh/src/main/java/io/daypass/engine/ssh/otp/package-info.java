/** One-time passwords, for hosts whose sshd asks PAM. */
@NullMarked
package io.daypass.engine.ssh.otp;

import org.jspecify.annotations.NullMarked;
