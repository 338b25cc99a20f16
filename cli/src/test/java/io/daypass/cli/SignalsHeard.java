package io.daypass.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which signals processes started from here can hear. What is ignored where they are started (a shell's background jobs
 * ignore INT, what nohup starts ignores HUP) stays ignored for them: a shell can't trap it (POSIX, sh, trap).
 */
public final class SignalsHeard {
    private static final Map<String, Integer> NUMBERS = Map.of("HUP", 1, "INT", 2, "TERM", 15);
    private static final String IGNORED = "SigIgn:";

    private SignalsHeard() {}

    /** Those of these that aren't ignored here; all of them where that can't be known. */
    public static List<String> among(String... signals) throws IOException {
        long ignored = ignored();
        List<String> heard = Stream.of(signals)
                .filter(signal -> (ignored >> (NUMBERS.getOrDefault(signal, 64) - 1) & 1) == 0)
                .toList();
        if (heard.size() < signals.length) {
            System.err.println("skipped: signals ignored where the tests run; heard are " + heard);
        }
        return heard;
    }

    private static long ignored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(IGNORED))
                .map(line ->
                        Long.parseUnsignedLong(line.substring(IGNORED.length()).strip(), 16))
                .findFirst()
                .orElse(0L);
    }
}
