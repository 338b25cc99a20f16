package io.daypass.broker.mount.bind;

import io.daypass.config.Nearest;
import java.util.ArrayList;
import java.util.List;

/** What is noticed while a record is read: all problems are collected, so that they can be told at once. */
final class Reading {
    private final boolean lenient;
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** @param lenient for what was stored by some version of ourselves: unknown members are passed over in silence */
    Reading(boolean lenient) {
        this.lenient = lenient;
    }

    boolean isLenient() {
        return lenient;
    }

    void problem(String field, String text) {
        problems.add(field + ": " + text);
    }

    void unknown(String field, List<String> known) {
        String hint = Nearest.to(field, known)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse("");
        warnings.add("unknown field '" + Printable.of(field) + "' is ignored" + hint);
    }

    List<String> problems() {
        return problems;
    }

    List<String> warnings() {
        return warnings;
    }
}
