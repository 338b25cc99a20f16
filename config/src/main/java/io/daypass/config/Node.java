package io.daypass.config;

import java.util.List;
import java.util.Map;

/** A piece of a YAML document that knows its line. */
sealed interface Node {
    /** Counted from 1. */
    int line();

    /** What it is, for an error's text. */
    String described();

    /** A text, a number, or whatever else is one word; as it is written. */
    record Scalar(String text, int line) implements Node {
        @Override
        public String described() {
            return "a single value";
        }
    }

    /** Keys and their values, in the order of the file. */
    record Mapping(Map<String, Member> members, int line) implements Node {
        @Override
        public String described() {
            return "a group of keys";
        }
    }

    /** A list. */
    record Sequence(List<Node> elements, int line) implements Node {
        @Override
        public String described() {
            return "a list";
        }
    }

    /** Nothing: a key without a value. */
    record Nothing(int line) implements Node {
        @Override
        public String described() {
            return "empty";
        }
    }

    /**
     * A key's value.
     *
     * @param line of the key
     */
    record Member(Node value, int line) {}
}
