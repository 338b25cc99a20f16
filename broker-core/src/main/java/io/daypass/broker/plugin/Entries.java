package io.daypass.broker.plugin;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** What can be wrong with the entries of an archive. */
final class Entries {
    private static final int MOST_TEXT = 256 << 10;
    private static final int CLASS = 0xCAFEBABE;

    /** Class files of Java 8 have the major version 52, and each version of Java one more. */
    private static final int BEFORE_JAVA_1 = 44;

    private Entries() {}

    /** By their names, and by the sizes that they say they have. */
    static List<String> problems(JarFile jar, Pattern ours, int mostEntries, long mostBytes) {
        List<String> problems = new ArrayList<>();
        if (jar.size() > mostEntries) {
            problems.add("it has more than " + mostEntries + " entries");
            return problems;
        }
        long bytes = 0;
        for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
            String name = entry.getName();
            bytes += Math.max(0, entry.getSize());
            if (problems.isEmpty() && ours.matcher(name).matches()) {
                problems.add("it carries " + name
                        + ", which the broker has: give plugin-api, slf4j and jspecify the scope provided");
            }
            if (name.endsWith(".jar")) {
                problems.add("it carries " + name + ", which nothing opens: shade what it needs");
            }
        }
        if (bytes > mostBytes) {
            problems.add("unpacked it is larger than " + (mostBytes >> 20) + " MiB");
        }
        return problems;
    }

    /**
     * Reads an entry that the loader itself has a use for, and that is small in any right archive.
     *
     * @throws IOException if it is not, whatever size it says it has
     */
    static byte[] bytes(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(MOST_TEXT + 1);
            if (bytes.length > MOST_TEXT) {
                throw new IOException(entry.getName() + " is larger than " + (MOST_TEXT >> 10) + " KiB");
            }
            return bytes;
        }
    }

    /** By what is in them: sizes that are not what was said, classes of a later Java. */
    static List<String> deepProblems(JarFile jar, long mostBytes) throws IOException {
        List<String> problems = new ArrayList<>();
        int newest = 0;
        String which = "";
        long left = mostBytes;
        for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
            if (isClassForAll(entry)) {
                int java = java(jar, entry);
                which = java > newest ? entry.getName() : which;
                newest = Math.max(newest, java);
            }
            left -= unpacked(jar, entry, left);
            if (left <= 0) {
                problems.add("unpacked it is larger than " + (mostBytes >> 20) + " MiB, whatever it says");
                return problems;
            }
        }
        int here = Runtime.version().feature();
        if (newest > here) {
            problems.add(which + " is compiled for Java " + newest + ", and the broker would run on " + here
                    + ": set maven.compiler.release");
        }
        return problems;
    }

    private static boolean isClassForAll(JarEntry entry) {
        String name = entry.getName();
        return name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("module-info.class");
    }

    /** The version of Java that a class file is for; 0: it is none. */
    private static int java(JarFile jar, JarEntry entry) throws IOException {
        try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
            if (entry.getSize() < Long.BYTES || in.readInt() != CLASS) {
                return 0;
            }
            in.readUnsignedShort();
            return in.readUnsignedShort() - BEFORE_JAVA_1;
        }
    }

    private static long unpacked(JarFile jar, JarEntry entry, long most) throws IOException {
        byte[] buffer = new byte[8192];
        long bytes = 0;
        try (InputStream in = jar.getInputStream(entry)) {
            for (int read = in.read(buffer); read >= 0 && bytes <= most; read = in.read(buffer)) {
                bytes += read;
            }
        }
        return bytes;
    }
}
