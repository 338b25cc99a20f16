package io.daypass.cli.authority;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.context.PrivateFiles;
import io.daypass.cli.output.Table;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code operator tls-init}: makes an authority, and a server's certificate that it signs. */
@Command(
        description = {
            "Writes ca.pem, ca-key.pem, server.pem and server-key.pem, the keys for nobody but you. An authority that is"
                    + " there already signs again, so that clients need no new one; delete server.pem and"
                    + " server-key.pem first. Needs no broker."
        },
        footer = {
            "  daypass operator tls-init",
            "  daypass operator tls-init --dir /etc/daypass/tls --name broker.example.org --name 10.0.0.5",
            "  export DAYPASS_CACERT=tls/ca.pem"
        })
public final class TlsInit implements Action {
    @Option(names = "--dir", paramLabel = "DIRECTORY", description = "where to write them (default: tls)")
    private Path directory = Path.of("tls");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "a name or address by which clients call the broker; may be given again (default: localhost,"
                    + " 127.0.0.1, ::1)")
    private List<String> names = List.of("localhost", "127.0.0.1", "::1");

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "how long the server's certificate is valid (default: 365)")
    private int days = 365;

    @Override
    public int run(Session session) {
        List<ServerName> called = names.stream().map(ServerName::of).toList();
        if (days < 1 || days > 3650) {
            throw Failure.usage("--days: a number from 1 to 3650 is expected");
        }
        Path folder = directory.toAbsolutePath();
        refuseToReplace(folder.resolve("server.pem"));
        refuseToReplace(folder.resolve("server-key.pem"));
        try {
            Instant now = session.shell().clock().instant();
            Authority authority = authority(folder, now);
            KeyPair server = Authority.newKey();
            PrivateFiles.VISIBLE.write(folder.resolve("server-key.pem"), Pem.of(server.getPrivate()));
            PrivateFiles.VISIBLE.publish(
                    folder.resolve("server.pem"),
                    Pem.of(authority.sign(server.getPublic(), called, now, Duration.ofDays(days))));
        } catch (GeneralSecurityException unusable) {
            throw Failure.because(
                    unusable,
                    Exit.LOCAL,
                    "can't make the certificate: " + unusable.getMessage(),
                    "if the authority in " + directory + " is not ours, choose another --dir");
        }
        show(session);
        return Action.ok();
    }

    private static Authority authority(Path folder, Instant now) throws GeneralSecurityException {
        Path certificate = folder.resolve("ca.pem");
        Path key = folder.resolve("ca-key.pem");
        Optional<String> known = PrivateFiles.VISIBLE.read(key);
        if (known.isPresent() && Files.isRegularFile(certificate)) {
            return new Authority(Pem.certificate(read(certificate)), Pem.key(known.get()));
        }
        refuseToReplace(certificate);
        refuseToReplace(key);
        Authority made = Authority.create(now);
        PrivateFiles.VISIBLE.write(key, Pem.of(made.key()));
        PrivateFiles.VISIBLE.publish(certificate, Pem.of(made.certificate()));
        return made;
    }

    private static String read(Path certificate) {
        try {
            return Files.readString(certificate);
        } catch (IOException unreadable) {
            throw Failure.because(unreadable, Exit.LOCAL, "can't read " + certificate);
        }
    }

    private static void refuseToReplace(Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw Failure.of(
                    Exit.LOCAL,
                    file + " is there already, and isn't replaced",
                    "rm " + file + "   # if it is not used");
        }
    }

    private void show(Session session) {
        Table table = new Table("File", "What it is");
        table.row(directory.resolve("server.pem").toString(), "the broker's certificate");
        table.row(directory.resolve("server-key.pem").toString(), "its key");
        table.row(directory.resolve("ca.pem").toString(), "what clients trust: DAYPASS_CACERT");
        table.row(directory.resolve("ca-key.pem").toString(), "what signs the next one; keep it elsewhere");
        session.printer().table(table);
    }
}
