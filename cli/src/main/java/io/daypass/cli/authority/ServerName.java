package io.daypass.cli.authority;

import io.daypass.cli.shell.Display;
import io.daypass.cli.shell.Failure;
import org.bouncycastle.util.IPAddress;

/**
 * A name by which clients call a server.
 *
 * @param text a host name, with {@code *.} in front for all below it, or an address
 * @param isAddress whether it is an address
 */
record ServerName(String text, boolean isAddress) {
    private static final int LONGEST = 253;
    private static final int LONGEST_COMMON = 64;

    /**
     * Reads one.
     *
     * @throws Failure if it is neither a name nor an address
     */
    static ServerName of(String text) {
        if (IPAddress.isValid(text)) {
            return new ServerName(text, true);
        }
        String host = text.startsWith("*.") ? text.substring(2) : text;
        if (text.length() <= LONGEST && host.length() <= LONGEST_COMMON && isHost(host)) {
            return new ServerName(text, false);
        }
        throw Failure.usage(
                "--name: \"" + Display.line(text) + "\" is neither a host name nor an address",
                "such as --name broker.example.org --name 10.0.0.5");
    }

    private static boolean isHost(String host) {
        for (String label : host.split("\\.", -1)) {
            boolean plain =
                    label.chars().allMatch(c -> c == '-' || c == '_' || (c < 0x7f && Character.isLetterOrDigit(c)));
            if (label.isEmpty() || label.length() > 63 || !plain || label.startsWith("-") || label.endsWith("-")) {
                return false;
            }
        }
        return true;
    }
}
