package io.daypass.cli.ssh.client;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import io.daypass.cli.context.PrivateFiles;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Programs;
import io.daypass.cli.ssh.certificate.Certificate;
import io.daypass.cli.ssh.certificate.IncludeLine;
import io.daypass.cli.ssh.certificate.LoginKey;
import io.daypass.cli.ssh.certificate.Preferences;
import io.daypass.cli.ssh.certificate.Signer;
import io.daypass.cli.ssh.certificate.WholeFile;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ssh setup}: makes ssh, and all that runs it, use certificates for some hosts by itself. */
@Command(
        description = {
            "Adds one line to ~/.ssh/config, at its top. From then on ssh, scp, rsync, git and Ansible log in to these hosts"
                    + " with a certificate, which is renewed when it is used and about to end. Other hosts are as they were."
                    + " Names are patterns of ssh's (*, ?, !), compared with what is typed.",
            "",
            "Done again, it replaces what it did before. --undo leaves ~/.ssh/config as if it had never been."
        },
        footer = {"  daypass ssh setup -r dev '*.example' bastion", "  daypass ssh setup --undo"})
public final class Setup implements Action {
    @Parameters(arity = "0..*", paramLabel = "HOST", description = "which hosts, as ssh's patterns")
    private List<String> hosts = new ArrayList<>();

    @Option(
            names = {"-r", "--role"},
            paramLabel = "ROLE",
            description = "which role signs; the other commands take it for theirs (DAYPASS_SSH_ROLE)")
    private @Nullable String role;

    @Option(names = "--mount", paramLabel = "PATH", description = "where the engine is (DAYPASS_SSH_MOUNT; ssh)")
    private @Nullable String mount;

    @Option(
            names = {"-u", "--user"},
            paramLabel = "USER",
            description = "whom to log in as (the role's default)")
    private String user = "";

    @Option(names = "--undo", description = "take it all away again")
    private boolean undo;

    @Override
    public int run(Session session) {
        ClientFiles files = ClientFiles.of(session);
        Path directory = session.shell().home().resolve(".ssh");
        IncludeLine include = new IncludeLine(directory.resolve("config"), files.file("config"));
        Preferences preferences = new Preferences(session);
        if (undo) {
            undo(files, include, directory, preferences);
            session.printer().note("ssh is as it was. Certificates that are out: daypass ssh ls");
            return Action.ok();
        }
        String pattern = pattern();
        String launcher = Programs.launcher();
        String chosenRole = preferences.role(role);
        String chosenMount = preferences.mount(mount);
        LoginKey key = LoginKey.make();
        // Before anything is written: a role that refuses leaves all as it was.
        Certificate certificate =
                new Signer(session, chosenMount, chosenRole).sign(key.line(), Signer.Wanted.user(user, null));
        files.keep(key);
        files.keep(certificate, session.shell().clock().instant());
        PrivateFiles.HIDDEN.write(files.file("config"), config(files, pattern, launcher, certificate));
        preferences.keep(chosenRole, chosenMount, user);
        include(files, include, directory);
        session.printer()
                .note("ssh logs in to " + pattern + " as " + String.join(", ", certificate.principals())
                        + " from now on; --undo takes it away");
        return Action.ok();
    }

    private static void include(ClientFiles files, IncludeLine include, Path directory) {
        boolean madeDirectory = !Files.exists(directory);
        if (madeDirectory) {
            try {
                Files.createDirectory(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } catch (IOException unwritable) {
                throw Failure.because(
                        unwritable, Exit.LOCAL, "can't make " + directory + ": " + WholeFile.reason(unwritable));
            }
        }
        boolean madeFile = include.add("rw-------");
        if (madeDirectory || madeFile) {
            PrivateFiles.HIDDEN.write(files.file("made"), (madeDirectory ? "directory" : "file") + "\n");
        }
    }

    private static void undo(ClientFiles files, IncludeLine include, Path directory, Preferences preferences) {
        String made = PrivateFiles.HIDDEN.read(files.file("made")).orElse("").strip();
        include.remove(!made.isEmpty());
        if (made.equals("directory")) {
            try {
                Files.deleteIfExists(directory);
            } catch (DirectoryNotEmptyException used) {
                // Somebody has put something there since: it stays.
                made = "";
            } catch (IOException kept) {
                throw Failure.because(kept, Exit.LOCAL, "can't remove " + directory + ": " + WholeFile.reason(kept));
            }
        }
        files.clear();
        preferences.forget();
    }

    private String pattern() {
        if (hosts.isEmpty()) {
            throw Failure.usage("no host is named", "daypass ssh setup -r dev '*.example'");
        }
        for (String host : hosts) {
            if (!host.matches("!?[A-Za-z0-9._:*?%-]+")) {
                throw Failure.usage(
                        "this can't be a pattern of ssh's for hosts: letters, digits, . _ - : % * ? and a ! in front",
                        "daypass ssh setup -r dev '*.example'");
            }
        }
        return String.join(",", hosts);
    }

    private static String config(ClientFiles files, String pattern, String launcher, Certificate certificate) {
        String principal = certificate.principals().isEmpty()
                ? ""
                : certificate.principals().get(0);
        String login = principal.matches("[A-Za-z0-9_][A-Za-z0-9._@+-]*") ? "    User " + principal + "\n" : "";
        return "# Of daypass ssh setup; daypass ssh setup --undo takes it away.\n"
                + "Match host \"" + pattern + "\" exec \"'" + launcher.replace("%", "%%") + "' ssh fresh\"\n"
                + login
                + "    IdentityFile \"" + files.file("id").toString().replace("%", "%%") + "\"\n"
                + "    IdentitiesOnly yes\n";
    }
}
