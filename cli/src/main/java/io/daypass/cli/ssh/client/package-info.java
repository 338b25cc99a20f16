/** What makes ssh, and all that runs it, use certificates by itself. */
@NullMarked
package io.daypass.cli.ssh.client;

import org.jspecify.annotations.NullMarked;
