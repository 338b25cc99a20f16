package io.daypass.broker.plugin;

/** A plugin that isn't right. The message is one line that says why. */
final class RefusedPluginException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedPluginException(String why) {
        super(why);
    }

    RefusedPluginException(String why, Throwable cause) {
        super(why, cause);
    }
}
