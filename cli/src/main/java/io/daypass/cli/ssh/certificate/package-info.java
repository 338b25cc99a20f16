/** Keys and certificates of OpenSSH's, how they are asked for, and where they are kept. */
@NullMarked
package io.daypass.cli.ssh.certificate;

import org.jspecify.annotations.NullMarked;
