package io.daypass.testkit.seeded;

import io.daypass.plugin.Draft;
import io.daypass.plugin.Request;
import io.daypass.plugin.Unavailable;
import io.daypass.testkit.key.KeyEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The draft reads a file of this machine. */
public final class ReadsAFile extends KeyEngine {
    @Override
    protected Draft<Key, Creds> draft(Request request) {
        if (release().isBlank()) {
            throw new Unavailable("it can't be said what this runs on");
        }
        return super.draft(request);
    }

    private static String release() {
        try {
            return Files.readString(Path.of(System.getProperty("java.home"), "release"));
        } catch (IOException e) {
            return "unknown";
        }
    }
}
