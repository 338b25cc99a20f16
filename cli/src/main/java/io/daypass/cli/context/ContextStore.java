package io.daypass.cli.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.cli.http.Json;
import io.daypass.cli.shell.Display;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Secret;
import io.daypass.cli.shell.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The contexts of this user: {@code $XDG_CONFIG_HOME/daypass/contexts/NAME.json}, and {@code
 * $XDG_CONFIG_HOME/daypass/current}, which holds the name of the chosen one.
 */
public final class ContextStore {
    private static final String SUFFIX = ".json";

    private final Path folder;

    /** @param folder {@code $XDG_CONFIG_HOME/daypass} */
    public ContextStore(Path folder) {
        this.folder = folder;
    }

    /** The store of whoever runs this; a relative {@code XDG_CONFIG_HOME} is ignored, as its specification says. */
    public static ContextStore of(Shell shell) {
        String xdg = shell.variable("XDG_CONFIG_HOME");
        boolean usable = xdg != null && xdg.startsWith("/");
        Path config = usable ? Path.of(xdg) : shell.home().resolve(".config");
        return new ContextStore(config.resolve("daypass"));
    }

    /** Where they are: {@code $XDG_CONFIG_HOME/daypass}. */
    public Path folder() {
        return folder;
    }

    /** The name that {@code context use} chose; nothing if none was. */
    public Optional<String> chosen() {
        return PrivateFiles.HIDDEN
                .read(folder.resolve("current"))
                .map(String::strip)
                .filter(name -> !name.isEmpty());
    }

    /** Chooses a context; null: none, so that the dev server's own counts while it is there. */
    public void choose(@Nullable String name) {
        if (name != null) {
            PrivateFiles.HIDDEN.write(folder.resolve("current"), name + "\n");
            return;
        }
        try {
            Files.deleteIfExists(folder.resolve("current"));
        } catch (IOException kept) {
            throw Failure.because(kept, Exit.LOCAL, "can't remove " + folder.resolve("current"));
        }
    }

    /** The names there are, in order. */
    public List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve("contexts"), "*" + SUFFIX)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                name = name.substring(0, name.length() - SUFFIX.length());
                if (Context.isName(name)) {
                    names.add(name);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        } catch (IOException unreadable) {
            throw Failure.because(unreadable, Exit.LOCAL, "can't read " + folder + ": " + unreadable.getMessage());
        }
        return List.copyOf(names);
    }

    /**
     * A context.
     *
     * @return nothing if there is none of this name
     * @throws Failure if it can't be read or holds no address
     */
    public Optional<Context> find(String name) {
        if (!Context.isName(name)) {
            throw Failure.usage(
                    "\"" + Display.line(name) + "\" can't be a context's name",
                    "use small letters, digits, '.', '_' and '-', 64 at most");
        }
        Path file = file(name);
        return PrivateFiles.HIDDEN.read(file).map(text -> parse(name, file, text));
    }

    /** Writes a context, in place of the one of the same name. */
    public void save(Context context) {
        ObjectNode json = Json.object();
        json.put("name", context.name());
        json.put("address", context.address());
        json.put("ca", context.authority());
        Secret bearer = context.bearer();
        json.put("token", bearer == null ? null : bearer.reveal());
        json.put("pid", context.pid());
        PrivateFiles.HIDDEN.write(file(context.name()), Json.text(json) + "\n");
    }

    /** Where a context is kept. */
    public Path file(String name) {
        return folder.resolve("contexts").resolve(name + SUFFIX);
    }

    private static Context parse(String name, Path file, String text) {
        JsonNode json;
        try {
            json = Json.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            // Not the cause either: its message quotes the file, and the file holds a token.
            throw Failure.of(Exit.LOCAL, file + " is no JSON", "rm " + file);
        }
        if (!json.path("address").isTextual()) {
            throw Failure.of(Exit.LOCAL, file + " names no address", "rm " + file);
        }
        String token = json.path("token").asText("");
        String authority = json.path("ca").asText("");
        return new Context(
                name,
                json.path("address").asText(),
                authority.isEmpty() || authority.equals("null") ? null : authority,
                token.isEmpty() || token.equals("null") ? null : Secret.of(token),
                json.path("pid").asLong(0));
    }
}
