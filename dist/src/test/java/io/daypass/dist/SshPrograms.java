package io.daypass.dist;

import io.daypass.embedded.Programs;
import io.daypass.embedded.source.Missing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** OpenSSH's programs. One that is missing skips the test; with CI=true that is a failure. */
final class SshPrograms {
    private SshPrograms() {}

    /** Where this program is; the test goes on only if it is somewhere. */
    static String find(String name) {
        return Programs.find(name)
                .orElseThrow(() -> Missing.program("there is no " + name + " here"))
                .toString();
    }

    /** Runs a program to its end. */
    static Programs.Result run(Path directory, String name, List<String> arguments)
            throws IOException, InterruptedException {
        find(name);
        return Programs.run(directory, name, arguments);
    }
}
