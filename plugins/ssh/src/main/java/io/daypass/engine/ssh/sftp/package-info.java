/** SFTP, version 3, as far as one file is edited in place: JSch's own client can neither append nor write in the middle. */
@NullMarked
package io.daypass.engine.ssh.sftp;

import org.jspecify.annotations.NullMarked;
