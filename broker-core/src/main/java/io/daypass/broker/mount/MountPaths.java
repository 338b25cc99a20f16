package io.daypass.broker.mount;

import io.daypass.broker.api.ApiException;
import java.util.Set;
import java.util.regex.Pattern;

/** What paths of mounts may be. */
final class MountPaths {
    private static final Pattern PATH =
            Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*");
    private static final Set<String> RESERVED = Set.of("sys", "auth");
    private static final int LONGEST = 128;

    private MountPaths() {}

    /** A path as mounts are known by: with one slash, at its end. */
    static String of(String text) {
        return text.replaceAll("^/+|/+$", "") + "/";
    }

    /** @throws ApiException 400, if nothing may be mounted there */
    static void check(String path) {
        String bare = path.substring(0, path.length() - 1);
        if (bare.length() > LONGEST || !PATH.matcher(bare).matches()) {
            throw ApiException.badRequest(
                    "path: a mount's path is segments of letters, digits and _ - . (not first), with"
                            + " / between them, at most " + LONGEST + " characters");
        }
        String first = path.substring(0, path.indexOf('/'));
        if (RESERVED.contains(first)) {
            throw ApiException.badRequest("path: " + first + "/ belongs to the broker itself; choose another path");
        }
    }
}
