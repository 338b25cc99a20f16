package io.daypass.broker.plugin;

import java.nio.file.Path;
import java.util.List;

/**
 * What a plugin's archive says of itself, read before any class of it is loaded.
 *
 * @param id its {@code Plugin-Id}
 * @param version its {@code Plugin-Version}
 * @param requires its {@code Plugin-Requires}; empty: any
 * @param contract its {@code Plugin-Contract}, the version of the contract that it was tried with; empty: it doesn't say
 * @param extensions the classes that its index names
 */
record Archive(String id, String version, String requires, String contract, List<String> extensions) {
    Archive {
        extensions = List.copyOf(extensions);
    }

    /** Reads an archive, of which the first thing that is wrong is told. */
    static Archive read(Path file) throws RefusedPluginException {
        Inspection inspection = Inspection.of(file);
        if (!inspection.problems().isEmpty()) {
            throw new RefusedPluginException(inspection.problems().get(0));
        }
        return inspection.archive();
    }
}
