package io.daypass.hmac.client;

import java.util.Optional;

/** The hashes that there are keys for, by their names in JSON Web Algorithms (RFC 7518, section 3.2). */
enum Algorithm {
    HS256("SHA-256", 32, 64),
    HS384("SHA-384", 48, 128),
    HS512("SHA-512", 64, 128);

    private final String hash;
    private final int length;
    private final int block;

    Algorithm(String hash, int length, int block) {
        this.hash = hash;
        this.length = length;
        this.block = block;
    }

    /** What the JDK calls its hash. */
    String hash() {
        return hash;
    }

    /** Bytes of a code. */
    int length() {
        return length;
    }

    /** Bytes of a block. */
    int block() {
        return block;
    }

    static Optional<Algorithm> named(String name) {
        for (Algorithm algorithm : values()) {
            if (algorithm.name().equals(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
