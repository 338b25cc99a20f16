package io.daypass.cli.ssh.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.cli.command.Session;
import io.daypass.cli.context.PrivateFiles;
import io.daypass.cli.http.Json;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What certificates are asked of where the command line doesn't say: {@code DAYPASS_SSH_ROLE} and {@code
 * DAYPASS_SSH_MOUNT}, then {@code role} and {@code mount} in {@code ssh.json} beside the contexts, which {@code ssh setup}
 * writes.
 */
public final class Preferences {
    private static final String MOUNT = "ssh";

    private final Session session;
    private final Path file;

    /** @param session whose they are */
    public Preferences(Session session) {
        this.session = session;
        this.file = session.contexts().folder().resolve("ssh.json");
    }

    /**
     * The role that signs.
     *
     * @param given by {@code --role}; null if it wasn't
     * @throws Failure if nothing names one
     */
    public String role(@Nullable String given) {
        return checked(
                "role",
                find(given, "DAYPASS_SSH_ROLE", "role")
                        .orElseThrow(() -> Failure.usage(
                                "no role is named that signs",
                                "-r ROLE   # or export DAYPASS_SSH_ROLE=ROLE, or daypass ssh setup -r ROLE HOSTS",
                                "daypass list " + mount(null) + "/roles   # shows which there are, to those who may")));
    }

    /**
     * Where the engine is mounted.
     *
     * @param given by {@code --mount}; null if it wasn't
     */
    public String mount(@Nullable String given) {
        String mount = find(given, "DAYPASS_SSH_MOUNT", "mount").orElse(MOUNT);
        return checked("mount", mount.endsWith("/") ? mount.substring(0, mount.length() - 1) : mount);
    }

    /**
     * Keeps them for the times when nothing else is said.
     *
     * @param user whom {@code ssh setup} asks certificates for; empty for the role's default
     */
    public void keep(String role, String mount, String user) {
        ObjectNode json = Json.object().put("role", role).put("mount", mount).put("user", user);
        PrivateFiles.HIDDEN.write(file, Json.text(json) + "\n");
    }

    /** What {@code ssh setup} has kept, whatever the environment says: {@code role}, {@code mount} or {@code user}. */
    public String kept(String member) {
        return find(member).orElse("");
    }

    /** Takes all of it away. */
    public void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException left) {
            throw Failure.because(left, Exit.LOCAL, "can't remove " + file + ": " + WholeFile.reason(left));
        }
    }

    private Optional<String> find(@Nullable String given, String variable, String member) {
        if (given != null) {
            return Optional.of(given);
        }
        return Optional.ofNullable(session.shell().variable(variable)).or(() -> find(member));
    }

    private Optional<String> find(String member) {
        return PrivateFiles.HIDDEN
                .read(file)
                .map(text -> {
                    try {
                        JsonNode value =
                                Json.read(text.getBytes(StandardCharsets.UTF_8)).path(member);
                        return value.isTextual() ? value.asText() : "";
                    } catch (IOException noJson) {
                        throw Failure.because(noJson, Exit.LOCAL, file + " is no JSON", "rm " + file);
                    }
                })
                .filter(value -> !value.isEmpty());
    }

    private static String checked(String what, String name) {
        boolean plain = !name.isEmpty() && name.chars().noneMatch(c -> c <= ' ' || c == 0x7f);
        if (!plain || (what.equals("role") && name.indexOf('/') >= 0)) {
            throw Failure.usage("this can't be the name of a " + what, "-r ROLE, --mount PATH");
        }
        return name;
    }
}
