package io.daypass.broker.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * What a development server leaves for the command line while it runs: its address and root token, in a file that only
 * its user can read. Docs: {@code docs/reference/cli.md}, contexts.
 */
public final class DevContext implements AutoCloseable {
    private static final String NAME = "dev";

    /** For a server that left none. */
    public static final DevContext NONE = new DevContext(Optional.empty(), 0);

    private final Optional<Path> file;
    private final long pid;

    private DevContext(Optional<Path> file, long pid) {
        this.file = file;
        this.pid = pid;
    }

    /**
     * Writes it, over that of a development server that ran before.
     *
     * @param environment for {@code XDG_CONFIG_HOME} and {@code HOME}
     * @param address where the server is reached
     * @param token its root token
     * @throws IOException if it can't be written, or something else is in its place
     */
    public static DevContext write(Map<String, String> environment, String address, String token) throws IOException {
        Path contexts = folder(environment).resolve("contexts");
        Files.createDirectories(
                contexts, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (!Files.isDirectory(contexts, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(contexts + " is no directory, or a link to one");
        }
        long pid = ProcessHandle.current().pid();
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        context.put("name", NAME);
        context.put("address", address);
        context.putNull("ca");
        context.put("token", token);
        context.put("pid", pid);
        Path beside = Files.createTempFile(
                contexts,
                NAME,
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(beside, context + "\n");
        Path file = contexts.resolve(NAME + ".json");
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new DevContext(Optional.of(file), pid);
    }

    private static Path folder(Map<String, String> environment) {
        String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path config = xdg.startsWith("/")
                ? Path.of(xdg)
                : Path.of(environment.getOrDefault("HOME", "/nonexistent")).resolve(".config");
        return config.resolve("daypass");
    }

    /** Removes it, unless another server has written its own over it. */
    @Override
    public void close() throws IOException {
        if (file.isPresent()
                && Files.exists(file.get())
                && Files.readString(file.get()).contains("\"pid\":" + pid + "}")) {
            Files.delete(file.get());
        }
    }
}
