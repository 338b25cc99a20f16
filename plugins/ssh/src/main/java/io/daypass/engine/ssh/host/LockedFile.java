package io.daypass.engine.ssh.host;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.Unavailable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where the login runs commands: each edit is one of them, under {@code flock}, and the host's own clock decides. */
record LockedFile(Host host) implements KeyFile {
    private static final long PROBE_SECONDS = 5;
    private static final String NO_MARK = "daypass-tries-this";

    /**
     * What is in the file of the key that a leased line was for.
     *
     * @param key in base64, as that line has it; empty: there is no such line
     * @param others how many other lines have it
     */
    record Disarmed(String key, long others) {}

    @Override
    public Optional<Trouble> probe(Deadline deadline) throws IOException, InterruptedException {
        HostLogin.Ran ran = run(Script.blank(host.authorizedKeys(), NO_MARK, PROBE_SECONDS), deadline);
        return ran.status() == 0 ? Optional.empty() : Optional.of(Trouble.of(ran.status()));
    }

    @Override
    public void append(String line, Deadline deadline) throws IOException, InterruptedException {
        String script = Script.append(host.authorizedKeys(), line, deadline.at(), seconds(deadline));
        HostLogin.Ran ran = run(script, deadline);
        if (ran.status() != 0) {
            throw Trouble.of(ran.status()).ofMint();
        }
    }

    @Override
    public Instant blank(String mark, Deadline deadline) throws IOException, InterruptedException {
        String told = done(Script.blank(host.authorizedKeys(), mark, seconds(deadline)), deadline);
        try {
            // Under the same lock as a mint, which compares the same clock: none of before can land any more.
            return Instant.ofEpochSecond(Long.parseLong(told));
        } catch (NumberFormatException e) {
            throw new Unavailable("the host tells no time", e);
        }
    }

    /** Makes a comment of the line with this mark, which stays until it is {@linkplain #blank overwritten}. */
    Disarmed disarm(String mark, Deadline deadline) throws IOException, InterruptedException {
        String[] told = done(Script.disarm(host.authorizedKeys(), mark, seconds(deadline)), deadline)
                .split(" ", -1);
        try {
            return told.length == 2 ? new Disarmed(told[0], Long.parseLong(told[1])) : new Disarmed("", 0);
        } catch (NumberFormatException e) {
            throw new Unavailable("the host doesn't tell how many lines have the key", e);
        }
    }

    @Override
    public List<String> marks(Deadline deadline) throws IOException, InterruptedException {
        return done(Script.marks(host.authorizedKeys()), deadline)
                .lines()
                .map(String::strip)
                .toList();
    }

    private String done(String script, Deadline deadline) throws IOException, InterruptedException {
        HostLogin.Ran ran = run(script, deadline);
        if (ran.status() != 0) {
            throw Trouble.of(ran.status()).away();
        }
        return ran.output();
    }

    private HostLogin.Ran run(String script, Deadline deadline) throws IOException, InterruptedException {
        return HostLogin.run(host, script, deadline);
    }

    private static long seconds(Deadline deadline) {
        return Math.max(1, deadline.left().toSeconds() - 1);
    }
}
