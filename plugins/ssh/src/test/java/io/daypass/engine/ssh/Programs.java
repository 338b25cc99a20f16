package io.daypass.engine.ssh;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.embedded.source.Missing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Programs of the system that our results are held against. One that is missing skips the test; with CI=true that is a failure. */
public final class Programs {
    private Programs() {}

    /** What a program said, and its exit status. */
    public record Result(int status, String output) {
        /** Its output, if it ended well. */
        public String good() {
            assertTrue(status == 0, () -> "exit status " + status + ": " + output);
            return output;
        }
    }

    /** Where a program is. Skips the test if it is nowhere. */
    public static Path find(String name) {
        return io.daypass.embedded.Programs.find(name)
                .orElseThrow(() -> Missing.program("there is no " + name + " here"));
    }

    /** Runs a program to its end, output and errors together. */
    public static Result run(Path directory, String name, String... arguments)
            throws IOException, InterruptedException {
        find(name);
        io.daypass.embedded.Programs.Result result =
                io.daypass.embedded.Programs.run(directory, name, List.of(arguments));
        return new Result(result.status(), result.output());
    }
}
