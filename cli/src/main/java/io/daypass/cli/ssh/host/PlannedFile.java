package io.daypass.cli.ssh.host;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A file as a host needs it. */
final class PlannedFile {
    private static final String PUBLIC = "rw-r--r--";
    private static final String SECRET = "rw-------";

    private final Path file;
    private final byte[] content;
    private final String mode;
    private final String shown;

    private PlannedFile(Path file, byte[] content, String mode, String shown) {
        this.file = file;
        this.content = content.clone();
        this.mode = mode;
        this.shown = shown;
    }

    /** A text that anybody may read. */
    static PlannedFile text(Path file, String text) {
        return new PlannedFile(file, text.getBytes(StandardCharsets.UTF_8), PUBLIC, text);
    }

    /**
     * Bytes that anybody may read.
     *
     * @param shown what people are shown in their place
     */
    static PlannedFile bytes(Path file, byte[] content, String shown) {
        return new PlannedFile(file, content, PUBLIC, shown);
    }

    /**
     * A text that only its owner may read.
     *
     * @param shown what people are shown in its place
     */
    static PlannedFile secret(Path file, String text, String shown) {
        return new PlannedFile(file, text.getBytes(StandardCharsets.UTF_8), SECRET, shown);
    }

    /** Where it is. */
    Path file() {
        return file;
    }

    /** What is in it. */
    byte[] content() {
        return content.clone();
    }

    /** Who may read it, such as {@code rw-r--r--}. */
    String mode() {
        return mode;
    }

    /** What people are shown of it. */
    String shown() {
        return shown;
    }
}
