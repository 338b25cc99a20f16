package io.daypass.cli.ssh;

import io.daypass.cli.shell.Failure;

/**
 * Whom to log in as, and where: {@code [user@]host}, split where ssh splits it, at the last {@code @}. The host may be an
 * address, of IPv6 too, in brackets or without. What a shell takes for something else is refused before anything is signed,
 * as newer ones of ssh do: older ones put it into {@code ProxyCommand} and {@code Match exec} as it is.
 *
 * @param user empty: whoever the certificate is for
 * @param host never empty
 */
record Destination(String user, String host) {
    private static final String SHELLS = "'`\";&<>|(){}";

    static Destination parse(String text) {
        int at = text.lastIndexOf('@');
        String user = at < 0 ? "" : text.substring(0, at);
        String host = text.substring(at + 1);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (text.contains("://")) {
            throw Failure.usage(
                    "a host is expected, and no URL", "daypass ssh USER@HOST -- -p PORT   # for another port than 22");
        }
        if (host.isEmpty()
                || at == 0
                || !host.chars().allMatch(Destination::isPrintable)
                || host.startsWith("-")
                || holds(host, SHELLS + "$\\")) {
            throw Failure.usage("[user@]host is expected", "daypass ssh deploy@web1.example");
        }
        if (!user.chars().allMatch(Destination::isPrintable)
                || user.indexOf(',') >= 0
                || user.startsWith("-")
                || user.endsWith("\\")
                || holds(user, SHELLS)) {
            throw Failure.usage(
                    "this can't be the name of a user: one that begins with -, or holds a comma, a blank, a control character"
                            + " or what a shell takes for something else");
        }
        return new Destination(user, host);
    }

    private static boolean holds(String text, String any) {
        return text.chars().anyMatch(c -> any.indexOf(c) >= 0);
    }

    private static boolean isPrintable(int c) {
        return c > ' ' && !Character.isISOControl(c) && !Character.isWhitespace(c);
    }
}
