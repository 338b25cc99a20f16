package io.daypass.testkit;

/** Compares paths with those that an engine declared. */
final class Paths {
    private Paths() {}

    /** Whether a path is one of a template such as {@code roles/{role}}. */
    static boolean match(String template, String path) {
        String[] wanted = template.split("/", -1);
        String[] given = path.split("/", -1);
        if (wanted.length != given.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (!wanted[i].startsWith("{") && !wanted[i].equals(given[i])) {
                return false;
            }
        }
        return true;
    }
}
