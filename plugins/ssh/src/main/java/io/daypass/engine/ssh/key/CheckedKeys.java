package io.daypass.engine.ssh.key;

import io.daypass.plugin.Invalid;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The keys that were read last, by the text they came as. Whoever renews a certificate sends the same key again, and
 * checking that its point is on the curve costs a third of a signature. Bounded, and holds only what was found good.
 */
public final class CheckedKeys {
    private static final int MOST = 4_096;

    /** Long enough for RSA of 4,096 bits and a comment; what is longer is checked each time. */
    private static final int LONGEST_TEXT = 1_024;

    private final PublicKeyReader reader;
    private final Map<String, SshPublicKey> byText = Collections.synchronizedMap(new Recent());

    /** @param reader reads what is not known yet */
    public CheckedKeys(PublicKeyReader reader) {
        this.reader = reader;
    }

    /**
     * Reads one line as in a {@code .pub} file.
     *
     * @throws Invalid if it isn't a key that may be certified
     */
    public SshPublicKey read(String text) {
        SshPublicKey known = byText.get(text);
        if (known != null) {
            return known;
        }
        SshPublicKey key = reader.read(text);
        if (text.length() <= LONGEST_TEXT) {
            byText.put(text, key);
        }
        return key;
    }

    private static final class Recent extends LinkedHashMap<String, SshPublicKey> {
        private static final long serialVersionUID = 1L;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SshPublicKey> eldest) {
            return size() > MOST;
        }
    }
}
