package io.daypass.cli.ssh.host;

import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.ssh.certificate.WholeFile;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** Changes to files that are made one after another, and can all be taken back: then every byte is as it was. */
final class Changes {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwxr-xr-x");

    private final Deque<Step> undo = new ArrayDeque<>();
    private final List<Path> changed = new ArrayList<>();

    /** Takes one change back. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    /** Whether anybody but root and this user may put files into a folder, or take them out. */
    static boolean isOthersToChange(Path folder) {
        String mode = mode(folder);
        String owner = owner(folder);
        boolean isAnothers = !owner.equals("root") && !owner.equals(System.getProperty("user.name"));
        return isAnothers || mode.charAt(4) == 'w' || mode.charAt(7) == 'w';
    }

    /** What was changed, in order. */
    List<Path> changed() {
        return List.copyOf(changed);
    }

    /** Makes a folder, if there is none. */
    void folder(Path folder) {
        if (Files.isDirectory(folder)) {
            return;
        }
        try {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER));
        } catch (IOException unwritable) {
            throw failed("make", folder, unwritable);
        }
        undo.push(() -> Files.deleteIfExists(folder));
    }

    /** Makes a file what it should be, if it isn't. One that is there keeps its owner. */
    void put(PlannedFile planned) {
        put(planned.file(), planned.content(), planned.mode());
    }

    /** The same, for a file that keeps its mode if it is there. */
    void put(Path file, byte[] content) {
        put(file, content, Files.exists(file) ? mode(file) : Mirror.MODE);
    }

    private void put(Path file, byte[] content, String mode) {
        if (!Files.exists(file)) {
            WholeFile.write(file, content, mode);
            undo.push(() -> Files.deleteIfExists(file));
            changed.add(file);
            return;
        }
        byte[] before = read(file);
        String modeBefore = mode(file);
        if (Arrays.equals(before, content) && modeBefore.equals(mode)) {
            return;
        }
        undo.push(() -> {
            WholeFile.write(file, before, modeBefore);
            setMode(file, modeBefore);
        });
        try {
            setMode(file, mode);
        } catch (IOException unwritable) {
            throw failed("change", file, unwritable);
        }
        WholeFile.write(file, content, mode);
        changed.add(file);
    }

    /** Removes a file, if it is there. */
    void remove(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        byte[] before = read(file);
        String modeBefore = mode(file);
        try {
            Files.delete(file);
        } catch (IOException kept) {
            throw failed("remove", file, kept);
        }
        undo.push(() -> WholeFile.write(file, before, modeBefore));
        changed.add(file);
    }

    /** Removes a folder, if it is there and nothing is in it. */
    void removeEmpty(Path folder) {
        try {
            if (Files.deleteIfExists(folder)) {
                undo.push(() -> Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER)));
            }
        } catch (DirectoryNotEmptyException used) {
            // What others have put there is theirs.
            return;
        } catch (IOException kept) {
            throw failed("remove", folder, kept);
        }
    }

    /**
     * Takes all of it back, the last first.
     *
     * @throws Failure naming the first that couldn't be; the others are as they were
     */
    void takeBack() {
        Exception first = null;
        while (!undo.isEmpty()) {
            try {
                undo.pop().run();
            } catch (IOException | Failure kept) {
                first = first == null ? kept : first;
            }
        }
        changed.clear();
        if (first != null) {
            throw Failure.because(first, Exit.LOCAL, "not all could be put back as it was: " + reason(first));
        }
    }

    private static String reason(Exception kept) {
        return kept instanceof IOException io ? WholeFile.reason(io) : String.valueOf(kept.getMessage());
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw failed("read", file, unreadable);
        }
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException unreadable) {
            throw failed("look at", file, unreadable);
        }
    }

    private static String owner(Path file) {
        try {
            return Files.getOwner(file).getName();
        } catch (IOException unreadable) {
            throw failed("look at", file, unreadable);
        }
    }

    private static void setMode(Path file, String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static Failure failed(String what, Path file, IOException why) {
        return Failure.because(
                why, Exit.LOCAL, "can't " + what + " " + file + ": " + WholeFile.reason(why), "run it as root");
    }
}
