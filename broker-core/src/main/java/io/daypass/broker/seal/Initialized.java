package io.daypass.broker.seal;

import java.util.List;

/**
 * What initialising gave: shown once, kept nowhere.
 *
 * @param keys the shares in hexadecimal digits; none where the seal needs none
 * @param keysBase64 the same in base64
 * @param first what was made while the barrier was open
 */
public record Initialized<T>(List<String> keys, List<String> keysBase64, T first) {
    public Initialized {
        keys = List.copyOf(keys);
        keysBase64 = List.copyOf(keysBase64);
    }

    @Override
    public String toString() {
        return keys.size() + " shares";
    }
}
