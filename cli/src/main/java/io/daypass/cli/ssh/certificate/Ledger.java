package io.daypass.cli.ssh.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.cli.command.Session;
import io.daypass.cli.context.PrivateFiles;
import io.daypass.cli.http.Json;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The certificates that this user was given on this machine: a file each in {@code $XDG_STATE_HOME/daypass/ssh}, which is
 * removed when its certificate has ended. A certificate's lease is what revokes it, so the files are nobody else's.
 */
public final class Ledger {
    private final Session session;
    private final Path folder;

    /** @param session whose they are */
    public Ledger(Session session) {
        this.session = session;
        Shell shell = session.shell();
        String xdg = shell.variable("XDG_STATE_HOME");
        Path state = xdg != null && xdg.startsWith("/")
                ? Path.of(xdg)
                : shell.home().resolve(".local").resolve("state");
        this.folder = state.resolve("daypass").resolve("ssh");
    }

    /** Remembers one. Where that can't be written down, a remark says so: the certificate is good all the same. */
    void add(String lease, String mount, String role, Certificate certificate) {
        ObjectNode json = Json.object()
                .put("lease", lease)
                .put("address", session.broker().target().address().toString())
                .put("mount", mount)
                .put("role", role)
                .put("serial", certificate.serial())
                .put("host", certificate.host())
                .put("principals", String.join(", ", certificate.principals()))
                .put("key_id", certificate.keyId())
                .put("ends", certificate.validBefore().getEpochSecond());
        String name = certificate.validBefore().getEpochSecond() + "-" + Integer.toHexString(lease.hashCode()) + "-"
                + Long.toHexString(certificate.serial()) + ".json";
        try {
            PrivateFiles.HIDDEN.write(folder.resolve(name), Json.text(json) + "\n");
        } catch (Failure unwritable) {
            session.printer().note("warning: daypass ssh ls won't show this certificate: " + unwritable.text());
        }
    }

    /** Those that haven't ended, the next to end first. */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        Instant now = session.shell().clock().instant();
        if (!Files.isDirectory(folder)) {
            return entries;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
            for (Path file : files) {
                read(file).ifPresent(entry -> {
                    if (entry.ends().isAfter(now)) {
                        entries.add(entry);
                    } else {
                        forget(entry);
                    }
                });
            }
        } catch (IOException unreadable) {
            session.printer().note("warning: can't read " + folder + ": " + unreadable.getMessage());
        }
        entries.sort(Comparator.comparing(Entry::ends));
        return entries;
    }

    /** Takes one off the list. */
    public void forget(Entry entry) {
        try {
            Files.deleteIfExists(entry.file());
        } catch (IOException kept) {
            session.printer().note("warning: can't remove " + entry.file() + ": " + kept.getMessage());
        }
    }

    private static Optional<Entry> read(Path file) {
        return PrivateFiles.HIDDEN.read(file).map(text -> {
            try {
                JsonNode json = Json.read(text.getBytes(StandardCharsets.UTF_8));
                return new Entry(
                        file,
                        json.path("lease").asText(),
                        json.path("address").asText(),
                        json.path("mount").asText() + "/" + json.path("role").asText(),
                        json.path("serial").asLong(),
                        json.path("host").asBoolean(),
                        json.path("principals").asText(),
                        json.path("key_id").asText(),
                        Instant.ofEpochSecond(json.path("ends").asLong()));
            } catch (IOException noJson) {
                // Of no use to anybody, and gone with the next one that ends.
                return new Entry(file, "", "", "", 0, false, "", "", Instant.EPOCH);
            }
        });
    }

    /**
     * A certificate that was given out.
     *
     * @param file where this is written
     * @param lease its lease's id, which whoever knows can end it by
     * @param address the broker
     * @param role mount and role
     * @param serial of its CA
     * @param host whether it is a host's
     * @param principals whom it is good for
     * @param keyId what sshd logs
     * @param ends when it ends
     */
    public record Entry(
            Path file,
            String lease,
            String address,
            String role,
            long serial,
            boolean host,
            String principals,
            String keyId,
            Instant ends) {}
}
