package io.daypass.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address to listen on.
 *
 * @param host a name or an IP address, IPv6 without brackets
 * @param port 0: any that is free
 */
public record HostPort(String host, int port) {
    private static final String FORM = "is not an address; write it as 127.0.0.1:8200 or [::1]:8200";
    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9_.-]+)):([0-9]{1,5})");
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(?:\\.[0-9]{1,3}){3}|::1|(?:0{1,4}:){7}0{0,3}1");

    public HostPort {
        if (host.isEmpty() || port < 0 || port > 65_535) {
            throw new IllegalArgumentException(FORM);
        }
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if it is none; the text goes well after the name of what was to be set
     */
    public static HostPort parse(String text) {
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches()) {
            throw new IllegalArgumentException(FORM);
        }
        String host = address.group(1) == null ? address.group(2) : address.group(1);
        return new HostPort(host, Integer.parseInt(address.group(3)));
    }

    /** Whether only this machine can reach it. Names other than {@code localhost} are not looked up: false. */
    public boolean isLoopback() {
        return LOOPBACK.matcher(host).matches();
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
