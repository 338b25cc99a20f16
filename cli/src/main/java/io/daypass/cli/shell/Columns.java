package io.daypass.cli.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How wide text for people may be. */
public final class Columns {
    private static final int USUAL = 80;
    private static final int NARROWEST = 60;

    /** Longer lines are hard to read, however wide the window is. */
    private static final int WIDEST = 120;

    private Columns() {}

    /** The width of the terminal, within what can be read; 80 where there is none, or it doesn't say. */
    public static int of(Shell shell) {
        String said = shell.variable("COLUMNS");
        int columns = number(said == null && shell.outIsTerminal() ? asked() : said);
        return columns == 0 ? USUAL : Math.max(NARROWEST, Math.min(WIDEST, columns));
    }

    private static int number(@Nullable String text) {
        return text != null && text.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(text) : 0;
    }

    /** What the terminal says: a JVM can't ask by itself. */
    private static @Nullable String asked() {
        try {
            Process stty = new ProcessBuilder("/bin/sh", "-c", "stty size </dev/tty")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return null;
            }
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return answer.substring(answer.indexOf(' ') + 1);
        } catch (IOException none) {
            return null;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
