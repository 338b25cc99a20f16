package io.daypass.engine.ssh.host;

import io.daypass.plugin.Default;
import io.daypass.plugin.Doc;

/** A line that was put on a host: the handle of its lease. */
public record LeasedLine(
        @Doc("The host, by its name here") String host,

        @Doc("The mark at the end of the line, which no other has")
        String mark,

        @Doc("Which file of which host it was put into") @Default("")
        String place,

        @Doc("The fingerprint of its key, as sshd logs it") @Default("")
        String key,

        @Doc("Whether it was put there by SFTP, where nothing vouches for it") @Default("false")
        boolean sftp) {}
