/** Commands on SSH: logins with certificates, and what makes ssh and sshd use them. */
@NullMarked
package io.daypass.cli.ssh;

import org.jspecify.annotations.NullMarked;
