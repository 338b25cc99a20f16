package io.daypass.cli.http;

/** What is done to a path: how HTTP says it, and which capabilities it takes. */
public enum Verb {
    /** Reads, and mints where the path issues. */
    READ("GET", "read", "\"read\""),
    /** Lists. */
    LIST("GET", "list", "\"list\""),
    /** Writes: {@code create} or {@code update}, by whether it is there already, which only the broker knows. */
    WRITE("PUT", "write", "\"create\", \"update\""),
    /** Deletes. */
    DELETE("DELETE", "delete", "\"delete\"");

    private final String method;
    private final String word;
    private final String capabilities;

    Verb(String method, String word, String capabilities) {
        this.method = method;
        this.word = word;
        this.capabilities = capabilities;
    }

    /** The method of HTTP. */
    String method() {
        return method;
    }

    /** As people say it. */
    String word() {
        return word;
    }

    /** As they stand in a policy. */
    String capabilities() {
        return capabilities;
    }
}
