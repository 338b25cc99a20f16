@NullMarked
package io.daypass.engine.ssh.sftp;

import org.jspecify.annotations.NullMarked;
