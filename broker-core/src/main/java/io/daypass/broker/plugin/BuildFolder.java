package io.daypass.broker.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A build's folder that is looked at every now and then. A build writes one file after the other; what it has made is
 * ready when nothing has changed for a moment.
 */
final class BuildFolder {
    /** How long nothing must have changed: a compiler that is at work writes more often. */
    static final Duration STILL = Duration.ofMillis(300);

    private final Path folder;
    private List<Seen> seen = List.of();
    private Instant since = Instant.MIN;
    private boolean taken = true;

    BuildFolder(Path folder) {
        this.folder = folder;
    }

    /** A file as it was seen. */
    private record Seen(Path file, long size, Instant modified, Object key) {}

    Path path() {
        return folder;
    }

    /** Takes what is there as it is, and answers whether there is anything. */
    boolean take() {
        seen = look();
        taken = true;
        return !seen.isEmpty();
    }

    /**
     * Looks at it.
     *
     * @param now the time
     * @return true once after each change, when it has been still for a moment
     */
    boolean isReady(Instant now) {
        List<Seen> current = look();
        if (!current.equals(seen)) {
            seen = current;
            since = now;
            taken = false;
            return false;
        }
        if (taken || seen.isEmpty() || now.isBefore(since.plus(STILL))) {
            return false;
        }
        taken = true;
        return true;
    }

    /** Whether it is still as it was when it was ready. */
    boolean isUnchanged() {
        return look().equals(seen);
    }

    private List<Seen> look() {
        List<Seen> found = new ArrayList<>();
        try {
            for (Path file : Builds.files(folder)) {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                found.add(new Seen(
                        file,
                        attributes.size(),
                        attributes.lastModifiedTime().toInstant(),
                        String.valueOf(attributes.fileKey())));
            }
        } catch (NoSuchFileException beingBuilt) {
            found.add(new Seen(folder, found.size(), Instant.MIN, beingBuilt.getFile()));
        } catch (IOException unreadable) {
            found.add(new Seen(folder, 0, Instant.MIN, String.valueOf(unreadable)));
        }
        return found;
    }
}
