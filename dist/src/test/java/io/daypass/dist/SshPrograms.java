package io.daypass.dist;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** OpenSSH's programs. One that is missing skips the test; with CI=true that is a failure. */
final class SshPrograms {
    private SshPrograms() {}

    /** Where this program is; the test goes on only if it is somewhere. */
    static String find(String name) {
        String missing = "there is no " + name + " here";
        boolean isThere = Programs.find(name).isPresent();
        assertFalse(!isThere && "true".equals(System.getenv("CI")), missing);
        assumeTrue(isThere, missing);
        return Programs.found(name);
    }

    /** Runs a program to its end. */
    static Programs.Result run(Path directory, String name, List<String> arguments)
            throws IOException, InterruptedException {
        find(name);
        return Programs.run(directory, name, arguments);
    }
}
