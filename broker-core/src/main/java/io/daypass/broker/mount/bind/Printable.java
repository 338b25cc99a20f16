package io.daypass.broker.mount.bind;

/** Makes names that somebody else chose fit for a text. */
public final class Printable {
    private static final int LONGEST = 128;

    private Printable() {}

    /** The name without control characters, cut to a sensible length. */
    public static String of(String name) {
        String clean = name.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "...";
    }
}
