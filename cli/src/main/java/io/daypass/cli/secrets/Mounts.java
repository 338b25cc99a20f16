package io.daypass.cli.secrets;

/** Paths of mounts. */
final class Mounts {
    private Mounts() {}

    /** Without slashes at either end. */
    static String trim(String path) {
        int from = 0;
        int to = path.length();
        while (from < to && path.charAt(from) == '/') {
            from++;
        }
        while (to > from && path.charAt(to - 1) == '/') {
            to--;
        }
        return path.substring(from, to);
    }
}
