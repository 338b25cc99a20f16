@NullMarked
package io.daypass.engine.ssh.cert;

import org.jspecify.annotations.NullMarked;
