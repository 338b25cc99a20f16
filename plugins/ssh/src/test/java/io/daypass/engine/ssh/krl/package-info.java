@NullMarked
package io.daypass.engine.ssh.krl;

import org.jspecify.annotations.NullMarked;
