/** One-time passwords on hosts whose sshd asks PAM. */
@NullMarked
package io.daypass.cli.ssh.pam;

import org.jspecify.annotations.NullMarked;
