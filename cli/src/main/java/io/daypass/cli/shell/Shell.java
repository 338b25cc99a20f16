package io.daypass.cli.shell;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the process was started with.
 *
 * @param env its environment
 * @param home the user's home directory
 * @param in what may be read
 * @param out where data goes, and nothing else
 * @param err where everything else goes
 * @param outIsTerminal whether a person sees {@code out} as it is written
 * @param interactive whether a person can be asked
 * @param clock the time
 */
public record Shell(
        Map<String, String> env,
        Path home,
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean outIsTerminal,
        boolean interactive,
        InstantSource clock) {
    public Shell {
        env = Map.copyOf(env);
    }

    /** A variable of the environment; null if it isn't set, or is empty. */
    public @Nullable String variable(String name) {
        String value = env.get(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
