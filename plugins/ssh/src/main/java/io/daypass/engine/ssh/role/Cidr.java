package io.daypass.engine.ssh.role;

import io.daypass.plugin.Invalid;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A network as {@code 10.0.0.0/8} or {@code 2001:db8::/32}; an address alone is a network of one.
 *
 * @param address of the network, without a bit below its prefix
 * @param bits of the prefix
 */
public record Cidr(InetAddress address, int bits) {
    private static final Pattern V4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern BITS = Pattern.compile("0|[1-9]\\d{0,2}");

    /** Whether a text is an address: never asks DNS. */
    public static boolean isAddress(String text) {
        return V4.matcher(text).matches() || isV6(text);
    }

    private static boolean isV6(String text) {
        if (!V6.matcher(text).matches()) {
            return false;
        }
        try {
            return InetAddress.getByName(text).getAddress().length > 0;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * Reads an address. One of IPv4 that is written as IPv6 is the one of IPv4.
     *
     * @throws Invalid if it is none
     */
    public static InetAddress address(String field, String text) {
        if (!isAddress(text)) {
            throw new Invalid(field, "must be an address of IPv4 or IPv6");
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new Invalid(field, "must be an address of IPv4 or IPv6");
        }
    }

    /** Reads networks with commas between. */
    public static List<Cidr> list(String field, String text) {
        return Role.split(text).stream().map(each -> of(field, each)).toList();
    }

    /**
     * Reads one.
     *
     * @throws Invalid if it is none, or has bits below its prefix, which sshd takes for a mistake too
     */
    public static Cidr of(String field, String text) {
        int slash = text.indexOf('/');
        InetAddress address = address(field, slash < 0 ? text : text.substring(0, slash));
        int size = 8 * address.getAddress().length;
        if (slash >= 0 && size == 32 && text.contains(":")) {
            throw new Invalid(field, "a network of IPv4 must be written as IPv4, such as 10.0.0.0/8");
        }
        String bits = slash < 0 ? String.valueOf(size) : text.substring(slash + 1);
        if (!BITS.matcher(bits).matches() || Integer.parseInt(bits) > size) {
            throw new Invalid(field, "a prefix must be of 0 to " + size + " bits");
        }
        Cidr cidr = new Cidr(address, Integer.parseInt(bits));
        if (!cidr.isWithoutHostBits()) {
            throw new Invalid(field, "a network must have no bits below its prefix, such as 10.0.0.0/8");
        }
        return cidr;
    }

    private boolean isWithoutHostBits() {
        byte[] bytes = address.getAddress();
        for (int i = bits; i < 8 * bytes.length; i++) {
            if (bit(bytes, i) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is one of IPv4. */
    boolean isV4() {
        return address.getAddress().length == 4;
    }

    /** Whether an address lies in it. */
    public boolean holds(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            if (bit(mine, i) != bit(theirs, i)) {
                return false;
            }
        }
        return true;
    }

    private static int bit(byte[] bytes, int at) {
        return (bytes[at / 8] >> (7 - at % 8)) & 1;
    }
}
