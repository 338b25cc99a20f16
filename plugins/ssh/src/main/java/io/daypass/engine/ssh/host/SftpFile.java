package io.daypass.engine.ssh.host;

import io.daypass.engine.ssh.sftp.Attributes;
import io.daypass.engine.ssh.sftp.Sftp;
import io.daypass.engine.ssh.sftp.SftpStatus;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the login may use SFTP alone. There is no lock and no clock to hold a mint against. A line is appended in one
 * write, which OpenSSH's server makes at the end of the file, wherever that is by then; one that ends is overwritten where
 * it is. That it was done is seen by opening the path again, so a file that others put in its place meanwhile is noticed.
 */
record SftpFile(Host host) implements KeyFile {
    /** So many bytes are read and held. sshd itself reads all of it at each login. */
    private static final int LONGEST = 4 * 1024 * 1024;

    private static final int ATTEMPTS = 4;
    private static final byte[] COMMENT = {'#'};
    private static final Pattern MARK = Pattern.compile(" (d-[a-z0-9_-]+)\\s*$", Pattern.MULTILINE);
    private static final Pattern EXPIRY = Pattern.compile("expiry-time=\"(\\d{14}Z)\"");

    /** What is open, for as long as the login is. */
    private record Open(Sftp.Handle handle, long size) {}

    private interface Work<T> {
        T in(Sftp sftp) throws IOException, InterruptedException;
    }

    private <T> T login(Deadline deadline, Work<T> work) throws IOException, InterruptedException {
        try (HostLogin login = HostLogin.to(host, deadline)) {
            return work.in(login.sftp());
        }
    }

    @Override
    public Optional<Trouble> probe(Deadline deadline) throws IOException, InterruptedException {
        try {
            return login(deadline, sftp -> {
                open(sftp, Sftp.Mode.APPEND);
                return Optional.empty();
            });
        } catch (NotEditableException e) {
            return Optional.of(e.trouble());
        }
    }

    @Override
    public void append(String line, Deadline deadline) throws IOException, InterruptedException {
        login(deadline, sftp -> {
            Open open = toAppend(sftp);
            // Its own line end comes first: others may have left off the last one, or append at this very moment.
            byte[] text = ("\n" + line + "\n").getBytes(StandardCharsets.UTF_8);
            deadline.left();
            // A server that heeds the place all the same finds the end of the file there.
            sftp.write(open.handle(), open.size(), text);
            sftp.sync(open.handle());
            if (!read(sftp).hasLine(FileText.asBytes(line))) {
                throw Trouble.REPLACED.away();
            }
            return true;
        });
    }

    private Open toAppend(Sftp sftp) throws IOException, InterruptedException {
        try {
            return open(sftp, Sftp.Mode.APPEND);
        } catch (NotEditableException e) {
            throw e.trouble().ofMint();
        }
    }

    @Override
    public Instant blank(String mark, Deadline deadline) throws IOException, InterruptedException {
        return login(deadline, sftp -> {
            for (int i = 0; i < ATTEMPTS; i++) {
                Open open = open(sftp, Sftp.Mode.OVERWRITE);
                List<FileText.Line> lines = read(sftp, open).linesWith(mark);
                for (FileText.Line line : lines) {
                    blank(sftp, open, line);
                }
                if (!lines.isEmpty()) {
                    sftp.sync(open.handle());
                }
                if (lines.isEmpty()) {
                    return Instant.MIN;
                }
            }
            throw Trouble.REPLACED.away();
        });
    }

    /** A comment at once, so that no part of it is ever in force; then blanks. The comment stays: it is never used again. */
    private static void blank(Sftp sftp, Open open, FileText.Line line) throws IOException, InterruptedException {
        if (!isThere(sftp, open, line)) {
            return;
        }
        sftp.write(open.handle(), line.at(), COMMENT);
        byte[] blanks = new byte[Math.min(line.text().length() - 1, Sftp.LONGEST_DATA)];
        Arrays.fill(blanks, (byte) ' ');
        int from = line.at() + 1;
        int end = line.at() + line.text().length();
        while (from < end) {
            int length = Math.min(blanks.length, end - from);
            sftp.write(open.handle(), from, Arrays.copyOf(blanks, length));
            from += length;
        }
    }

    /** Whether a line is where it was a moment ago; else somebody writes the file anew, and it is read again. */
    private static boolean isThere(Sftp sftp, Open open, FileText.Line line) throws IOException, InterruptedException {
        byte[] now = sftp.read(open.handle(), line.at());
        byte[] then = line.bytes();
        int length = Math.min(then.length, now.length);
        return length > 0 && Arrays.equals(now, 0, length, then, 0, length);
    }

    /**
     * Has a line end later. It is never made, and one that is gone isn't made to come back: nothing but the digits is
     * written.
     *
     * @throws Refused if it isn't there
     */
    void lengthen(String mark, Instant end, Deadline deadline) throws IOException, InterruptedException {
        String expiry = AuthorizedLine.expiry(end);
        login(deadline, sftp -> {
            Open open = open(sftp, Sftp.Mode.OVERWRITE);
            FileText.Line line = leased(read(sftp, open), mark);
            Matcher found = EXPIRY.matcher(line.text());
            if (!found.find() || !isThere(sftp, open, line)) {
                throw Trouble.REPLACED.away();
            }
            sftp.write(open.handle(), line.at() + found.start(1), expiry.getBytes(StandardCharsets.US_ASCII));
            sftp.sync(open.handle());
            String now = leased(read(sftp), mark).text();
            if (!now.contains("expiry-time=\"" + expiry + "\"")) {
                throw Trouble.REPLACED.away();
            }
            return true;
        });
    }

    private static FileText.Line leased(FileText text, String mark) {
        return text.linesWith(" " + mark).stream()
                .filter(line -> line.text().stripTrailing().endsWith(" " + mark))
                .filter(line -> !line.text().startsWith("#"))
                .findFirst()
                .orElseThrow(() -> new Refused("the line is gone from authorized_keys there"));
    }

    @Override
    public List<String> marks(Deadline deadline) throws IOException, InterruptedException {
        return login(
                deadline,
                sftp -> MARK.matcher(read(sftp).all())
                        .results()
                        .map(found -> found.group(1))
                        .toList());
    }

    private FileText read(Sftp sftp) throws IOException, InterruptedException {
        return read(sftp, open(sftp, Sftp.Mode.READ));
    }

    private static FileText read(Sftp sftp, Open open) throws IOException, InterruptedException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] next = sftp.read(open.handle(), 0); next.length > 0; next = sftp.read(open.handle(), all.size())) {
            all.writeBytes(next);
            if (all.size() > LONGEST) {
                throw new NotEditableException(Trouble.TOO_LONG);
            }
        }
        return new FileText(all.toByteArray());
    }

    /**
     * Opens it, if it is a plain file of the login's own. Whose login this is, SFTP doesn't tell: it is taken to be who owns
     * the directory that SFTP begins in.
     */
    private Open open(Sftp sftp, Sftp.Mode mode) throws IOException, InterruptedException {
        String path = host.authorizedKeys();
        try {
            Attributes seen = sftp.lstat(path);
            expect(seen.isPlain(), Trouble.LINK);
            expect(seen.owner() == sftp.stat(".").owner(), Trouble.NOT_OF_HOME);
            expect(sftp.canSync(), Trouble.NO_SYNC);
            Sftp.Handle handle = sftp.open(path, mode);
            Attributes opened = sftp.fstat(handle);
            expect(opened.isPlain() && opened.owner() == seen.owner(), Trouble.REPLACED);
            expect(mode == Sftp.Mode.READ || sftp.lstat(path).isPlain(), Trouble.REPLACED);
            expect(opened.size() <= LONGEST, Trouble.TOO_LONG);
            return new Open(handle, opened.size());
        } catch (SftpStatus e) {
            expect(!e.isMissing(), Trouble.MISSING);
            expect(!e.isDenied(), Trouble.DENIED);
            throw e;
        }
    }

    private static void expect(boolean condition, Trouble otherwise) throws NotEditableException {
        if (!condition) {
            throw new NotEditableException(otherwise);
        }
    }
}
