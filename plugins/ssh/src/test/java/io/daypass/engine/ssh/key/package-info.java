@NullMarked
package io.daypass.engine.ssh.key;

import org.jspecify.annotations.NullMarked;
