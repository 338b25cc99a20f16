package io.daypass.broker.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A named list of rules.
 *
 * @param name what tokens call it by
 * @param text as it was written, HCL or JSON
 * @param rules what the text says; at most one for a pattern
 */
public record Policy(String name, String text, List<Rule> rules) {
    /** Allows everything, {@code sudo} too; it has no text, and nobody can change it. */
    public static final Policy ROOT = new Policy("root", "", List.of());

    /** The name of the policy that every token has unless its creator says otherwise. */
    public static final String DEFAULT_NAME = "default";

    public Policy {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(text, "text");
        rules = List.copyOf(rules);
    }

    /**
     * Reads a policy from HCL, or from JSON if it begins with a brace.
     *
     * @throws PolicyException if anything in it isn't understood to the letter
     */
    public static Policy parse(String name, String text) {
        return new Policy(name, text, PolicyReader.read(text));
    }

    /** The text that the policy {@code default} has until somebody writes another. */
    public static String defaultText() {
        try (InputStream text = Policy.class.getResourceAsStream("default.hcl")) {
            return new String(Objects.requireNonNull(text, "default.hcl").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("default.hcl", e);
        }
    }

    /** Whether it is {@link #ROOT}, by its name. */
    public boolean isRoot() {
        return name.equals(ROOT.name);
    }

    /** The same rules, written as HCL in one way only. */
    public String canonical() {
        return rules.stream().map(Policy::stanza).collect(Collectors.joining("\n"));
    }

    private static String stanza(Rule rule) {
        String capabilities =
                rule.capabilities().stream().map(c -> '"' + c.text() + '"').collect(Collectors.joining(", "));
        String path = rule.pattern().toString().replace("\"", "\\\"");
        return "path \"" + path + "\" {\n  capabilities = [" + capabilities + "]\n}\n";
    }
}
