package io.daypass.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts <code>${NAME}</code> (a variable of the environment) and <code>${file:PATH}</code> (a file's text without the
 * line feed at its end) into a value; <code>$${</code> stands for <code>${</code> itself.
 *
 * <p>It is done once, and after the file was parsed: what comes in is neither looked at for more, nor for YAML.
 */
final class Interpolation {
    private static final int MAX_FILE = 64 * 1024;
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)}|\\$\\{");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String FILE = "file:";

    private final Map<String, String> environment;

    Interpolation(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * The text with its references replaced.
     *
     * @throws IllegalArgumentException if one can't be; the text goes well after the key
     */
    String apply(String text) {
        return REFERENCE
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(value(match.group(), match.group(1))));
    }

    private String value(String whole, String reference) {
        if (whole.equals("$${")) {
            return "${";
        }
        if (reference == null) {
            throw new IllegalArgumentException("begins a ${ that has no }; write $${ for the characters themselves");
        }
        if (reference.startsWith(FILE)) {
            return contents(reference.substring(FILE.length()));
        }
        if (!NAME.matcher(reference).matches()) {
            throw new IllegalArgumentException("holds a ${...} that is neither ${NAME} nor ${file:PATH}");
        }
        String value = environment.get(reference);
        if (value == null) {
            throw new IllegalArgumentException("needs the environment variable " + reference + ", which is not set");
        }
        return value;
    }

    private static String contents(String path) {
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            byte[] bytes = in.readNBytes(MAX_FILE + 1);
            if (bytes.length > MAX_FILE) {
                throw new IllegalArgumentException("needs the file " + path + ", which is larger than 64KiB");
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        } catch (IOException e) {
            throw new IllegalArgumentException("needs the file " + path + ", which can't be read", e);
        }
    }
}
