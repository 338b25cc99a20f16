package io.daypass.broker.seal;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What protects the root key, which the keyring is wrapped with.
 *
 * @param type its name in the configuration and in the store
 * @param key where the root key comes from, for errors: {@code the key file X}
 * @param rootKey gives the key, where nobody has to help; may read a file, and throws {@link SealException}
 */
public record Seal(String type, String key, Optional<Supplier<byte[]>> rootKey) {
    /** The key is split into shares; so many of them give it back. */
    public static Seal shamir() {
        return new Seal("shamir", "the shares", Optional.empty());
    }

    /** The key is in a file that only we can read: for one machine. */
    public static Seal file(Path keyFile) {
        return new Seal("file", "the key file " + keyFile, Optional.of(() -> KeyFile.read(keyFile)));
    }

    /** The key is in memory, so what it protects ends with the process: for development. */
    public static Seal memory(RandomGenerator entropy) {
        RawKey key = RawKey.random(entropy);
        return new Seal("memory", "the key in memory", Optional.of(key::getEncoded));
    }
}
