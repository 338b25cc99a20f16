package io.daypass.cli.context;

import io.daypass.cli.output.Format;
import io.daypass.cli.shell.Display;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Secret;
import io.daypass.cli.shell.Shell;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which broker is meant. Flags win over {@code DAYPASS_*}, then {@code BAO_*}, then {@code VAULT_*}, then the
 * current context.
 *
 * <p>A token never goes to an address that it wasn't chosen for: the source that gives the address gives the token too.
 * The exceptions are a token that is given for this very broker and nothing else, {@code --token} and {@code
 * DAYPASS_TOKEN}: they may stand alone, beside an address from below.
 */
public final class Settings {
    private static final List<String> PREFIXES = List.of("DAYPASS_", "BAO_", "VAULT_");
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

    private static final int LAST_PORT = 65_535;

    private final Shell shell;
    private final Flags flags;
    private final ContextStore contexts;

    /**
     * @param shell the environment
     * @param flags what the command line says
     * @param contexts what is remembered
     */
    public Settings(Shell shell, Flags flags, ContextStore contexts) {
        this.shell = shell;
        this.flags = flags;
        this.contexts = contexts;
    }

    /**
     * The broker that is meant.
     *
     * @throws Failure if none is, or it isn't clear which
     */
    public Endpoint endpoint() {
        Setting<Secret> alone = lone();
        Endpoint below = flags.address() == null ? fromBelow(alone != null) : fromFlag(flags.address(), alone != null);
        Endpoint endpoint = alone == null ? below : below.bearer(alone);
        Setting<String> authority = authority();
        return authority == null ? endpoint : endpoint.authority(authority);
    }

    /** The format. */
    public Setting<Format> format() {
        if (flags.format() != null) {
            return new Setting<>(Format.parse(flags.format(), "--format"), "--format");
        }
        for (String prefix : PREFIXES) {
            String text = shell.variable(prefix + "FORMAT");
            if (text != null) {
                return new Setting<>(Format.parse(text, prefix + "FORMAT"), prefix + "FORMAT");
            }
        }
        return new Setting<>(Format.TABLE, "default");
    }

    /** How long the broker may be mute. */
    public Setting<Duration> timeout() {
        for (String prefix : PREFIXES) {
            String text = shell.variable(prefix + "CLIENT_TIMEOUT");
            if (text != null) {
                return new Setting<>(seconds(prefix + "CLIENT_TIMEOUT", text), prefix + "CLIENT_TIMEOUT");
            }
        }
        return new Setting<>(READ_TIMEOUT, "default");
    }

    /** A token that replaces the one of whoever gives the address. */
    private @Nullable Setting<Secret> lone() {
        if (flags.bearer() != null) {
            return new Setting<>(checked(flags.bearer(), "--token"), "--token");
        }
        String token = shell.variable("DAYPASS_TOKEN");
        if (token == null || shell.variable("DAYPASS_ADDR") != null || flags.address() != null) {
            return null;
        }
        return new Setting<>(checked(Secret.of(token), "DAYPASS_TOKEN"), "DAYPASS_TOKEN");
    }

    private Endpoint fromFlag(String address, boolean tokenGiven) {
        Endpoint flag = new Endpoint(new Setting<>(uri(address, "--address"), "--address"), null, null);
        try {
            Endpoint same = fromBelow(tokenGiven);
            boolean known = same.address().value().equals(flag.address().value());
            return known ? new Endpoint(flag.address(), same.bearer(), same.authority()) : flag;
        } catch (Failure nothingBelow) {
            return flag;
        }
    }

    private Endpoint fromBelow(boolean tokenGiven) {
        for (String prefix : PREFIXES) {
            String address = shell.variable(prefix + "ADDR");
            String token = shell.variable(prefix + "TOKEN");
            if (address != null) {
                return new Endpoint(
                        new Setting<>(uri(address, prefix + "ADDR"), prefix + "ADDR"),
                        token == null
                                ? null
                                : new Setting<>(checked(Secret.of(token), prefix + "TOKEN"), prefix + "TOKEN"),
                        null);
            }
            if (token != null && !tokenGiven) {
                throw Failure.usage(
                        prefix + "TOKEN is set but " + prefix + "ADDR isn't, and a token goes to no address that it"
                                + " wasn't chosen for",
                        "export " + prefix + "ADDR=https://HOST:8200   # the broker that it is for",
                        "unset " + prefix + "TOKEN   # to use the current context");
            }
        }
        return fromContext();
    }

    private Endpoint fromContext() {
        Context context = current();
        String origin = "context " + context.name();
        Secret bearer = context.bearer();
        String authority = context.authority();
        return new Endpoint(
                new Setting<>(uri(context.address(), origin), origin),
                bearer == null ? null : new Setting<>(checked(bearer, origin), origin),
                authority == null ? null : new Setting<>(authority, origin));
    }

    private Context current() {
        Optional<String> chosen = contexts.chosen();
        if (chosen.isPresent()) {
            String name = chosen.get();
            return contexts.find(name)
                    .orElseThrow(() -> Failure.of(
                            Exit.BUSY,
                            "the current context \"" + Display.line(name) + "\" is gone, and no other is taken for it",
                            "daypass context ls",
                            "daypass context use NAME   # or --none, for whatever dev server runs"));
        }
        return contexts.find(Context.DEV)
                .orElseThrow(() -> Failure.of(
                        Exit.BUSY,
                        "no broker is known: neither --address nor DAYPASS_ADDR is given, and there is no context",
                        "daypass server --dev   # in another shell, to try things",
                        "export DAYPASS_ADDR=https://HOST:8200 DAYPASS_TOKEN=..."));
    }

    private @Nullable Setting<String> authority() {
        if (flags.authorityFile() != null) {
            return pem(flags.authorityFile(), "--ca-cert");
        }
        for (String prefix : PREFIXES) {
            String file = shell.variable(prefix + "CACERT");
            if (file != null) {
                return pem(file, prefix + "CACERT");
            }
        }
        return null;
    }

    private static Setting<String> pem(String file, String origin) {
        try {
            return new Setting<>(Files.readString(Path.of(file)), origin);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw Failure.because(
                    unreadable,
                    Exit.LOCAL,
                    origin + ": can't read " + Display.line(file),
                    "give a file of PEM certificates");
        }
    }

    private static URI uri(String text, String origin) {
        String trimmed = text.strip();
        while (trimmed.endsWith("/")) {
            trimmed = trimmed.substring(0, trimmed.length() - 1);
        }
        try {
            URI uri = new URI(trimmed);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean plain = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            boolean reachable = uri.getHost() != null && uri.getPort() != 0 && uri.getPort() <= LAST_PORT;
            if (web && plain && reachable) {
                return uri;
            }
        } catch (URISyntaxException noUri) {
            // Answered below, like an address of another sort. Not its own text, which quotes what may hold a password.
        }
        throw Failure.usage(
                origin + ": an address is expected: https (or http, for a dev server), a host, a port",
                "such as https://127.0.0.1:8200");
    }

    private static Secret checked(Secret token, String origin) {
        String text = token.reveal().strip();
        if (text.isEmpty() || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw Failure.usage(origin + ": it holds characters that no token has", "give the token alone");
        }
        return Secret.of(text);
    }

    private static Duration seconds(String name, String text) {
        try {
            long seconds = Long.parseLong(text.endsWith("s") ? text.substring(0, text.length() - 1) : text);
            if (seconds > 0 && seconds <= 86_400) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException notANumber) {
            // Answered below, like a number out of bounds.
        }
        throw Failure.usage(name + ": a number of seconds from 1 to 86400 is expected, such as 60s");
    }
}
