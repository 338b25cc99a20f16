package io.daypass.broker.mount.guard;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/** Cuts secrets out of texts, and the forms that they take on their way through URLs and headers. */
final class Redaction {
    private static final String CUT = "[redacted]";
    /** Errors that say more than this say nothing. */
    private static final int LONGEST = 4_096;

    private Redaction() {}

    /** The text without them, cut to a sensible length. */
    static String cut(String text, Collection<String> secrets) {
        Set<String> forms = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        for (String secret : secrets) {
            addForms(secret, forms);
        }
        String clean = text;
        for (String form : forms) {
            clean = clean.replace(form, CUT);
        }
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "...";
    }

    private static void addForms(String secret, Set<String> forms) {
        if (secret.isEmpty()) {
            return;
        }
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        forms.add(secret);
        forms.add(url);
        forms.add(url.replace("+", "%20"));
        forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        forms.add(HexFormat.of().formatHex(bytes));
    }
}
