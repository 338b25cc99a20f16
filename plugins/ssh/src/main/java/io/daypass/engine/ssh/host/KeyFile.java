package io.daypass.engine.ssh.host;

import io.daypass.plugin.Deadline;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The file of a host that leased lines are put into, by the way in which the host's login can edit it. It is edited in
 * place: never written anew, so that neither a line that others add meanwhile is lost nor one that was taken away comes
 * back. Everything that fails is {@link io.daypass.plugin.Unavailable}, but for a mint's "no".
 */
interface KeyFile {
    /** The file of a host. */
    static KeyFile of(Host host) {
        return host.sftp() ? new SftpFile(host) : new LockedFile(host);
    }

    /** Why it can't be edited; empty: it can. */
    Optional<Trouble> probe(Deadline deadline) throws IOException, InterruptedException;

    /**
     * Adds a line. It is on the disk when this returns.
     *
     * @throws io.daypass.plugin.Refused if nothing was written, and never will be
     */
    void append(String line, Deadline deadline) throws IOException, InterruptedException;

    /**
     * Overwrites each line that bears the mark, for ever: absent is success.
     *
     * @return until when lines of this mark can't come any more; {@link Instant#MIN}: that isn't known
     */
    Instant blank(String mark, Deadline deadline) throws IOException, InterruptedException;

    /** The last word of each line that may be a broker's. */
    List<String> marks(Deadline deadline) throws IOException, InterruptedException;
}
