package io.daypass.broker.plugin;

/** A plugin that isn't right. The message is one line that says why. */
public final class RefusedPluginException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param why in one line */
    public RefusedPluginException(String why) {
        super(why);
    }

    /** @param why in one line */
    public RefusedPluginException(String why, Throwable cause) {
        super(why, cause);
    }
}
