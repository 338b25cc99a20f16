package io.daypass.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the server's configuration from a YAML file. */
public final class ConfigReader {
    private ConfigReader() {}

    /**
     * Reads a file. Blocks.
     *
     * @param environment for <code>${NAME}</code>
     * @throws ConfigException with everything that is wrong with it
     */
    public static ServerConfig read(Path file, Map<String, String> environment) {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ConfigException(file, List.of(new Problem(1, "", "there is no such file")));
        } catch (CharacterCodingException e) {
            throw new ConfigException(file, List.of(new Problem(1, "", "the file is not UTF-8")));
        } catch (IOException e) {
            throw new ConfigException(file, List.of(new Problem(1, "", "the file can't be read: " + e.getMessage())));
        }
        return parse(file, text, environment);
    }

    /** The same from a text, with the name that its problems give. */
    static ServerConfig parse(Path name, String text, Map<String, String> environment) {
        List<Problem> problems = new ArrayList<>();
        try {
            Node.Mapping tree = YamlTree.read(text);
            Optional<ServerConfig> config =
                    new RecordBinder(new Interpolation(environment), problems).bind(ServerConfig.class, tree, "");
            config.ifPresent(read -> Rules.check(read, tree, problems));
            if (config.isPresent() && problems.isEmpty()) {
                return config.get();
            }
        } catch (YamlTree.Unreadable e) {
            problems.add(new Problem(e.line(), "", String.valueOf(e.getMessage())));
        }
        throw new ConfigException(name, problems);
    }
}
