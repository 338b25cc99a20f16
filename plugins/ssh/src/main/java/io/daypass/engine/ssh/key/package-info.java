/** Public and private keys of SSH: what they are in text and on the wire, and what is refused. */
@NullMarked
package io.daypass.engine.ssh.key;

import org.jspecify.annotations.NullMarked;
