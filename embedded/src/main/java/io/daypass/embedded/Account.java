package io.daypass.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The account a server runs under. Databases refuse root, so there they are told that they are somebody else. */
final class Account {
    /** The overflow id of Linux, under whatever names: it owns nothing. */
    private static final int NOBODY = 65_534;

    private final List<String> prefix;
    private final @Nullable Integer owner;

    private Account(List<String> prefix, @Nullable Integer owner) {
        this.prefix = prefix;
        this.owner = owner;
    }

    /** Our own account; as root one in a user namespace of its own, or, where that is refused, nobody's. */
    static Account ofServers(Path directory) throws IOException {
        if (!isRoot(directory)) {
            return new Account(List.of(), null);
        }
        if (runs("unshare", "-U", "true")) {
            return new Account(List.of("unshare", "-U"), null);
        }
        return nobody();
    }

    /** The account that owns nothing; the directory is given to it when it is prepared. */
    static Account nobody() throws IOException {
        List<String> prefix = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
        if (!runs(Stream.concat(prefix.stream(), Stream.of("true")).toArray(String[]::new))) {
            throw new IOException("a database server does not run as root, and neither 'unshare -U' nor '"
                    + String.join(" ", prefix) + "' is allowed here; run this as another user");
        }
        return new Account(prefix, NOBODY);
    }

    /** Makes a directory one that the account may write to, and reach. */
    void give(Path directory) throws IOException {
        if (owner != null) {
            Files.setAttribute(directory, "unix:uid", owner);
            open(directory);
        }
    }

    /** Lets the account through to a file; whether it may read it is the file's to say. */
    void open(Path file) throws IOException {
        if (owner == null) {
            return;
        }
        for (Path above = file.getParent(); above != null; above = above.getParent()) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(above);
            if (permissions.add(PosixFilePermission.OTHERS_EXECUTE)) {
                Files.setPosixFilePermissions(above, permissions);
            }
        }
    }

    /** A program and its arguments, to be run under the account; the process is the program itself. */
    ProcessBuilder command(Path program, List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(program.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .keySet()
                .removeIf(name -> Stream.of("PG", "MYSQL", "MARIADB").anyMatch(name::startsWith));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    /** Waits for a process to end. */
    static int await(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a program", interrupted);
        }
    }

    private static boolean isRoot(Path directory) throws IOException {
        return directory.getFileSystem().supportedFileAttributeViews().contains("unix")
                && "root".equals(System.getProperty("user.name"));
    }

    private static boolean runs(String... command) throws IOException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return await(process) == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}
