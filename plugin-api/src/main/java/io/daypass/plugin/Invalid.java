package io.daypass.plugin;

/** The caller must act: a request or an entry that can't be served. Answered 400. */
public final class Invalid extends EngineException {
    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field what was wrong: a component, a variable of the path
     * @param problem what was wrong with it and what to do, never its value where that may be secret
     */
    public Invalid(String field, String problem) {
        super(field + ": " + problem);
        this.field = field;
    }

    /** What was wrong. */
    public String field() {
        return field;
    }
}
