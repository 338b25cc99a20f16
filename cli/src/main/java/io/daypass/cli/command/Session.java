package io.daypass.cli.command;

import io.daypass.cli.context.ContextStore;
import io.daypass.cli.context.Endpoint;
import io.daypass.cli.context.Setting;
import io.daypass.cli.context.Settings;
import io.daypass.cli.http.Broker;
import io.daypass.cli.http.Target;
import io.daypass.cli.output.Printer;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Shell;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a command works with, each part made when it is first asked for. */
public final class Session {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int LONGEST_REASON = 256;

    private final Shell shell;
    private final CommonOptions options;
    private final ContextStore contexts;
    private final Settings settings;
    private @Nullable Broker broker;
    private @Nullable Printer printer;

    /**
     * @param shell what the process was started with
     * @param options what every command has
     */
    public Session(Shell shell, CommonOptions options) {
        this.shell = shell;
        this.options = options;
        this.contexts = ContextStore.of(shell);
        this.settings = new Settings(shell, options.flags(), contexts);
    }

    /** What the process was started with. */
    public Shell shell() {
        return shell;
    }

    /** The contexts of this user. */
    public ContextStore contexts() {
        return contexts;
    }

    /** Which broker, and who said so. */
    public Settings settings() {
        return settings;
    }

    /** Shows replies. */
    public Printer printer() {
        Printer known = printer;
        if (known == null) {
            boolean color = shell.outIsTerminal() && !options.colorless() && shell.variable("NO_COLOR") == null;
            known = new Printer(shell, settings.format().value(), options.quiet(), color);
            printer = known;
        }
        return known;
    }

    /** The broker. */
    public Broker broker() {
        Broker known = broker;
        if (known == null) {
            // The format is read first: a wrong one must not be found out after something was minted.
            printer();
            known = new Broker(target(settings.endpoint()));
            broker = known;
        }
        return known;
    }

    private Target target(Endpoint endpoint) {
        return new Target(
                endpoint.address().value(),
                value(endpoint.bearer()),
                value(endpoint.authority()),
                CONNECT_TIMEOUT,
                settings.timeout().value(),
                checked(options.reason()),
                endpoint.address().origin());
    }

    private static <T> @Nullable T value(@Nullable Setting<T> setting) {
        return setting == null ? null : setting.value();
    }

    private static @Nullable String checked(@Nullable String reason) {
        if (reason == null || reason.isEmpty()) {
            return null;
        }
        if (reason.length() > LONGEST_REASON || !reason.chars().allMatch(Session::fitsHeader)) {
            throw Failure.usage("--reason: at most 256 characters, none of them a control character");
        }
        return reason;
    }

    private static boolean fitsHeader(int c) {
        return !Character.isISOControl(c);
    }
}
