@NullMarked
package io.daypass.engine.ssh.wire;

import org.jspecify.annotations.NullMarked;
