/** The numbers and strings that SSH's own formats are made of (RFC 4251, section 5), and an agent that is spoken to in them. */
@NullMarked
package io.daypass.cli.ssh.wire;

import org.jspecify.annotations.NullMarked;
