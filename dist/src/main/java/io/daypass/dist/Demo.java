package io.daypass.dist;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The main job, shown: leases of a real PostgreSQL, from a real broker, with the errors and the times that they really have. */
public final class Demo {
    private static final int FAILED = 1;
    private static final int WRONG_USE = 64;

    private Demo() {}

    /** Tells the story; exits with 0 if every step of it held. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (arguments.length > 0) {
            boolean asked = List.of("-h", "--help", "-help", "help").contains(arguments[0].toLowerCase(Locale.ROOT));
            out.println("Usage: daypass demo\n\nStarts PostgreSQL and a broker on free ports, and shows what leases do."
                    + "\nLeaves nothing behind.");
            System.exit(asked ? 0 : WRONG_USE);
        }
        System.exit(run(new Narrator(out, wantsColour())));
    }

    private static int run(Narrator narrator) {
        long begun = System.nanoTime();
        try (Stage stage = new Stage(narrator)) {
            new Story(stage, narrator).tell();
        } catch (Exception stuck) {
            narrator.broke("it could not go on: " + stuck.getMessage());
        }
        String took = Narrator.time(Duration.ofNanos(System.nanoTime() - begun));
        narrator.say("");
        if (narrator.broken().isEmpty()) {
            narrator.holds("every step held, in " + took + "; nothing is left running, and nothing is left behind");
            return 0;
        }
        narrator.say("In " + took + ", these did not hold:");
        List.copyOf(narrator.broken()).forEach(what -> narrator.say("✘ " + what));
        return FAILED;
    }

    /** The launcher says which streams are terminals. */
    private static boolean wantsColour() {
        String noColour = System.getenv("NO_COLOR");
        return System.getProperty("daypass.terminals", "").contains("1") && (noColour == null || noColour.isEmpty());
    }
}
