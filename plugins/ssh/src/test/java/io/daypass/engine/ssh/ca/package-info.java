@NullMarked
package io.daypass.engine.ssh.ca;

import org.jspecify.annotations.NullMarked;
