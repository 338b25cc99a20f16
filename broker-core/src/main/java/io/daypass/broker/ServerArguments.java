package io.daypass.broker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code daypass server} was called with. Flags take one dash or two, and their value after {@code =} or as the
 * next word.
 *
 * @param config the configuration file; none in development mode
 * @param dev whether this is a development server
 * @param rootToken the development server's root token; empty: a random one
 * @param host where the development server listens
 * @param port where the development server listens; 0: any free one
 * @param allowRemote whether the development server may listen on an address that others can reach
 * @param builds the folders that the development server loads plugins from
 */
record ServerArguments(
        Optional<Path> config,
        boolean dev,
        String rootToken,
        String host,
        int port,
        boolean allowRemote,
        List<Path> builds) {
    static final String USAGE = """
            Usage: daypass server -config FILE
                   daypass server --dev [--dev-root-token-id=TOKEN]
                                        [--dev-listen-address=127.0.0.1:8200] [--dev-allow-remote]
                                        [--plugin=FOLDER]...
            """;

    ServerArguments {
        builds = List.copyOf(builds);
    }

    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final int DEFAULT_PORT = 8200;

    /**
     * @throws IllegalArgumentException whose message says what was wrong
     */
    static ServerArguments of(List<String> words) {
        Reading reading = new Reading();
        List<String> rest = !words.isEmpty() && words.get(0).equals("server") ? words.subList(1, words.size()) : words;
        for (int i = 0; i < rest.size(); i++) {
            i += reading.take(rest, i);
        }
        return reading.done();
    }

    private static final class Reading {
        private Optional<Path> config = Optional.empty();
        private boolean dev;
        private String rootToken = "";
        private String host = DEFAULT_HOST;
        private int port = DEFAULT_PORT;
        private boolean allowRemote;
        private final List<Path> builds = new ArrayList<>();

        /** Takes the word at {@code i}; answers how many more words it took. */
        private int take(List<String> words, int i) {
            String word = words.get(i);
            if (!word.startsWith("-")) {
                throw new IllegalArgumentException("\"" + word + "\" is not expected here");
            }
            String flag = word.replaceFirst("^--?", "");
            int equals = flag.indexOf('=');
            String name = equals < 0 ? flag : flag.substring(0, equals);
            switch (name) {
                case "dev" -> dev = true;
                case "dev-allow-remote" -> allowRemote = true;
                case "config", "dev-root-token-id", "dev-listen-address", "plugin" -> {
                    if (equals < 0 && i + 1 >= words.size()) {
                        throw new IllegalArgumentException("-" + name + " needs a value");
                    }
                    valued(name, equals < 0 ? words.get(i + 1) : flag.substring(equals + 1));
                    return equals < 0 ? 1 : 0;
                }
                default -> throw new IllegalArgumentException("the flag " + word + " is not known");
            }
            return 0;
        }

        private void valued(String name, String value) {
            switch (name) {
                case "config" -> config = Optional.of(Path.of(value));
                case "dev-root-token-id" -> rootToken = value;
                case "plugin" -> builds.add(Path.of(value));
                default -> listen(value);
            }
        }

        private void listen(String address) {
            int colon = address.lastIndexOf(':');
            host = colon < 0 ? address : address.substring(0, colon);
            try {
                port = colon < 0 ? DEFAULT_PORT : Integer.parseInt(address.substring(colon + 1));
            } catch (NumberFormatException notANumber) {
                port = -1;
            }
            if (host.isEmpty() || port < 0 || port > 65_535) {
                throw new IllegalArgumentException(
                        "-dev-listen-address: an address and a port from 0 to 65535 are expected, such as 127.0.0.1:8200");
            }
        }

        private ServerArguments done() {
            if (dev == config.isPresent()) {
                throw new IllegalArgumentException(
                        dev ? "-dev and -config exclude one another" : "either -config FILE or -dev is needed");
            }
            if (!dev && !builds.isEmpty()) {
                throw new IllegalArgumentException("-plugin loads what nobody has pinned, for -dev alone: here name the"
                        + " archive and its SHA-256 in the configuration, under plugins");
            }
            return new ServerArguments(config, dev, rootToken, host, port, allowRemote, builds);
        }
    }
}
