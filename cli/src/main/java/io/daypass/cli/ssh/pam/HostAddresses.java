package io.daypass.cli.ssh.pam;

import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The addresses by which this host is known, as networks. Loopback is none of them unless it is named: every host has it, so
 * a password for it would be good everywhere.
 */
final class HostAddresses {
    private static final Pattern V4 = Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\\.(?!$)|$)){4}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern BITS = Pattern.compile("0|[1-9][0-9]{0,2}");

    private final List<Network> networks;

    private HostAddresses(List<Network> networks) {
        this.networks = networks;
    }

    private record Network(InetAddress address, int bits) {
        boolean holds(InetAddress other) {
            byte[] mine = address.getAddress();
            byte[] theirs = other.getAddress();
            if (mine.length != theirs.length) {
                return false;
            }
            for (int i = 0; i < bits; i++) {
                int mask = 0x80 >> i % 8;
                if ((mine[i / 8] & mask) != (theirs[i / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Those that are named.
     *
     * @param names addresses, or networks such as {@code 10.1.0.0/16}
     * @throws Failure if one is neither
     */
    static HostAddresses named(List<String> names) {
        return new HostAddresses(names.stream().map(HostAddresses::network).toList());
    }

    /**
     * Those of the machine's interfaces.
     *
     * @throws Failure if they can't be had
     */
    static HostAddresses own() {
        List<Network> networks = new ArrayList<>();
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .forEach(address -> networks.add(new Network(address, 8 * address.getAddress().length)));
        } catch (SocketException unknown) {
            throw Failure.because(
                    unknown, Exit.LOCAL, "the addresses of this machine can't be had", "name them: --ip ADDRESS");
        }
        return new HostAddresses(networks);
    }

    /** Whether an address is one of them; what is none is not. Never asks DNS. */
    boolean hold(String address) {
        Optional<InetAddress> read = read(address);
        return read.isPresent() && networks.stream().anyMatch(each -> each.holds(read.get()));
    }

    private static Network network(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = read(slash < 0 ? text : text.substring(0, slash));
        String bits = slash < 0 ? "" : text.substring(slash + 1);
        int most = address.map(found -> 8 * found.getAddress().length).orElse(0);
        if (address.isEmpty() || (slash >= 0 && (!BITS.matcher(bits).matches() || Integer.parseInt(bits) > most))) {
            throw Failure.usage("--ip: an address or a network is expected, such as 10.1.2.3 or 10.1.0.0/16");
        }
        return new Network(address.get(), slash < 0 ? most : Integer.parseInt(bits));
    }

    private static Optional<InetAddress> read(String text) {
        if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException noAddress) {
            return Optional.empty();
        }
    }
}
