/** What keeps a host's sshd up to date. */
@NullMarked
package io.daypass.cli.ssh.host;

import org.jspecify.annotations.NullMarked;
