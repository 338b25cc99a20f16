@NullMarked
package io.daypass.engine.ssh.role;

import org.jspecify.annotations.NullMarked;
