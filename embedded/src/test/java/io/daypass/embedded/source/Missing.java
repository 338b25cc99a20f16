package io.daypass.embedded.source;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.testcontainers.DockerClientFactory;

/** What a test needs and this machine has not. */
public final class Missing {
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private Missing() {}

    /**
     * Skips the test; with {@code CI=true} fails it: there everything that can be installed should be.
     *
     * @param what is missing, and how to get it
     */
    public static RuntimeException program(String what) {
        assertTrue(!"true".equals(System.getenv("CI")), what);
        return skip(what);
    }

    /**
     * Skips the test, wherever it runs.
     *
     * @param what is missing
     */
    public static RuntimeException skip(String what) {
        if (SAID.add(what)) {
            // Maven counts what is skipped, and keeps the reason to itself.
            System.err.println("skipped: " + what);
        }
        assumeTrue(false, what);
        return new IllegalStateException(what);
    }

    /**
     * Skips the test where no Docker runs, with {@code CI=true} too.
     *
     * @param what would have run in it
     */
    static void skipWithoutDocker(String what) {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw skip("no Docker runs here, and " + what + " is had from nowhere else");
        }
    }
}
