package io.daypass.cli.command;

import io.daypass.cli.context.Flags;
import io.daypass.cli.shell.Secret;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command has. */
public final class CommonOptions {
    @Option(
            names = "--address",
            paramLabel = "URL",
            description = "the broker (DAYPASS_ADDR, BAO_ADDR, VAULT_ADDR, context)",
            order = 90)
    private @Nullable String address;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "the token (DAYPASS_TOKEN, ...; arguments can be seen by others, so prefer the variable)",
            order = 91)
    private @Nullable String bearer;

    @Option(
            names = "--ca-cert",
            paramLabel = "FILE",
            description = "trust these authorities, PEM (DAYPASS_CACERT, ...)",
            order = 92)
    private @Nullable String authority;

    @Option(
            names = {"-o", "--format"},
            paramLabel = "FORMAT",
            description = "table, json, env or field=NAME (DAYPASS_FORMAT, ...)",
            order = 93)
    private @Nullable String format;

    @Option(names = "--field", paramLabel = "NAME", description = "the same as -o field=NAME", order = 94)
    private @Nullable String field;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "why: kept with leases and shown with them (256 characters)",
            order = 95)
    private @Nullable String reason;

    @Option(names = "--no-color", description = "no colours (NO_COLOR)", order = 96)
    private boolean colorless;

    @Option(
            names = {"-q", "--quiet"},
            description = "data and errors only",
            order = 97)
    private boolean quiet;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this",
            order = 98)
    private boolean help;

    /** What they say about the connection. */
    public Flags flags() {
        return new Flags(
                address,
                bearer == null ? null : Secret.of(bearer),
                authority,
                field == null ? format : "field=" + field);
    }

    /** Why it is done; null if nobody said. */
    public @Nullable String reason() {
        return reason;
    }

    /** Whether remarks are left out. */
    public boolean quiet() {
        return quiet;
    }

    /** Whether colours are left out. */
    public boolean colorless() {
        return colorless;
    }

    /** Whether help was asked for. */
    public boolean help() {
        return help;
    }
}
