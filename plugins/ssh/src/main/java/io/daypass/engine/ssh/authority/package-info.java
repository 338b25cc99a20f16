/** The CA of a mount: its keys, of which one signs, and how one takes over from another without an outage. */
@NullMarked
package io.daypass.engine.ssh.authority;

import org.jspecify.annotations.NullMarked;
