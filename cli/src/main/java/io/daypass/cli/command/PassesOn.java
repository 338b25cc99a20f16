package io.daypass.cli.command;

import java.util.List;

/** A command that has a use for what stands behind {@code --}, which is not read here. */
public interface PassesOn extends Action {
    /** Takes what stood behind {@code --}; nothing if there was no such mark. */
    void passOn(List<String> rest);
}
