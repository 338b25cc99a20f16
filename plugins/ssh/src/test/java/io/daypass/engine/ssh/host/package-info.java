@NullMarked
package io.daypass.engine.ssh.host;

import org.jspecify.annotations.NullMarked;
