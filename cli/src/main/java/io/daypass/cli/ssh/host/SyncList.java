package io.daypass.cli.ssh.host;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.http.Broker;
import io.daypass.cli.http.Call;
import io.daypass.cli.shell.Display;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.ssh.certificate.Preferences;
import io.daypass.cli.ssh.certificate.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ssh krl-sync}: keeps the file that sshd's {@code RevokedKeys} names as the broker has it. */
@Command(
        description = {
            "Needs no token. The list is written beside, synced and renamed, so that sshd never finds a half one, which would"
                    + " make it refuse every key. It is fetched only if it has changed. When the broker is away, or answers"
                    + " something else, the last good one stays, and an error says how old it is (5).",
            "",
            "FILE.etag beside it holds what the broker calls the list, and by its time when it was compared last."
        },
        footer = {"  daypass ssh krl-sync /etc/ssh/daypass_krl"})
public final class SyncList implements Action {
    @Parameters(index = "0", paramLabel = "FILE", description = "what RevokedKeys names")
    private Path file = Path.of("");

    @Option(names = "--mount", paramLabel = "PATH", description = "where the engine is (DAYPASS_SSH_MOUNT; ssh)")
    private @Nullable String mount;

    @Option(names = "--older", description = "take a list that is older than the one that is there, once")
    private boolean older;

    @Override
    public int run(Session session) {
        String path = new Preferences(session).mount(mount) + "/krl";
        Path note = file.resolveSibling(file.getFileName() + ".etag");
        byte[] before = Files.exists(file) ? read(file) : new byte[0];
        try {
            Broker.Fetched fetched =
                    session.broker().anonymous().fetch(Call.read(path), before.length == 0 ? "" : tag(note, before));
            byte[] now = fetched.isUnchanged() ? before : checked(fetched.content(), before);
            if (!fetched.isUnchanged()) {
                WholeFile.write(file, now, "rw-r--r--");
            }
            WholeFile.write(
                    note, (digest(now) + " " + fetched.tag() + "\n").getBytes(StandardCharsets.UTF_8), "rw-r--r--");
            session.printer().note(file + (fetched.isUnchanged() ? " is up to date" : " was written"));
            return Action.ok();
        } catch (Failure failed) {
            throw Failure.because(
                    failed,
                    failed.exit(),
                    failed.text() + "; " + kept(session, note, before),
                    failed.next().toArray(String[]::new));
        }
    }

    private byte[] checked(byte[] content, byte[] before) {
        long version = RevocationList.version(content);
        if (!older && Long.compareUnsigned(version, versionOf(before)) < 0) {
            throw Failure.of(
                    Exit.REMOTE,
                    "the broker's list is older than " + file + ": what was revoked since would be good again",
                    "daypass ssh krl-sync --older " + file + "   # if the broker was set back, and that is meant");
        }
        return content;
    }

    /** Whatever is there and is no list is older than any. */
    private static long versionOf(byte[] list) {
        try {
            return RevocationList.version(list);
        } catch (Failure broken) {
            return 0;
        }
    }

    private String kept(Session session, Path note, byte[] before) {
        if (before.length == 0) {
            return "there is no " + file + " yet, and without it sshd refuses every key";
        }
        try {
            Path compared = Files.exists(note) ? note : file;
            Duration age = Duration.between(
                    Files.getLastModifiedTime(compared).toInstant(),
                    session.shell().clock().instant());
            return file + " is kept as it was " + Display.seconds(age.toSeconds()) + " ago";
        } catch (IOException unknown) {
            return file + " is kept as it was";
        }
    }

    /** What the broker called the list that is there; empty if it isn't that one any more. */
    private static String tag(Path note, byte[] list) {
        if (!Files.exists(note)) {
            return "";
        }
        String[] parts = new String(read(note), StandardCharsets.UTF_8).strip().split(" ", 2);
        return parts.length == 2 && parts[0].equals(digest(list)) ? parts[1] : "";
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw Failure.because(unreadable, Exit.LOCAL, "can't read " + file + ": " + WholeFile.reason(unreadable));
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
