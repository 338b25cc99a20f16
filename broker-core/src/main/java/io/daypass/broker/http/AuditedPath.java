package io.daypass.broker.http;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * A request's path as the audit log may show it. Some clients put a token, an accessor or a lease id into the path, on
 * routes that we have and on routes that we don't; whoever reads the log must not be able to use it.
 */
final class AuditedPath {
    /** A lease id's end, or an accessor: a row's number, small enough to begin with a zero byte, and its MAC. */
    private static final Pattern NUMBER_AND_MAC = Pattern.compile("A[A-Za-z0-9_-]{26}=?");

    private static final Pattern TOKEN = Pattern.compile("(?:d|s|hvs|b|hvb)\\.[A-Za-z0-9_.-]{16,}");

    private AuditedPath() {}

    /**
     * @param path without a slash at either end
     * @param variables of its route: the last segment of {@code id} is left out whatever it looks like
     */
    static String of(String path, Map<String, String> variables) {
        String id = variables.get("id");
        StringBuilder shown = new StringBuilder(path.length());
        String[] segments = path.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean named = id != null && i == segments.length - 1 && path.endsWith(id);
            shown.append(i == 0 ? "" : "/").append(named ? "(id)" : shown(segments[i]));
        }
        return shown.toString();
    }

    /** A text about a request, such as an error that names its path, as the audit log may show it. */
    static String text(String text, String path, Map<String, String> variables) {
        return path.isEmpty() ? text : text.replace(path, of(path, variables));
    }

    private static String shown(String segment) {
        if (NUMBER_AND_MAC.matcher(segment).matches()) {
            return "(id)";
        }
        return TOKEN.matcher(segment).matches() ? "(token)" : segment;
    }
}
