package io.daypass.config;

import java.util.Locale;

/** A constant as the file has it. */
interface Word {
    /** The constant's own name. */
    String name();

    /** What the file says: the name in small letters, unless a type knows better. */
    default String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
