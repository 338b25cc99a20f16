package io.daypass.hmac.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Signs and checks session tokens with the keys of one role of a broker. Both are done here, without asking anybody; the
 * keys are kept up to date in the background, and are good for as long as the broker said, also while it is away. A
 * key that was revoked is unknown as soon as the broker can be heard.
 *
 * <p>For all threads. One for a role and a process is enough.
 */
public final class KeySet implements AutoCloseable {
    private final InstantSource clock;
    private final Refresh refresh;
    private final @Nullable Signer signer;

    private KeySet(Builder builder) {
        this.clock = builder.clock;
        Broker broker = new Broker(builder.http, builder.mount, builder.role, builder.token, Broker.PATIENCE);
        Signer[] made = new Signer[1];
        this.refresh = new Refresh(broker, builder.wait, clock, keys -> {
            if (made[0] != null) {
                made[0].hurry();
            }
        });
        made[0] = builder.signs ? new Signer(broker, refresh, clock, builder.settle) : null;
        this.signer = made[0];
        refresh.start();
        if (signer != null) {
            signer.start();
        }
    }

    /**
     * Begins with a key set.
     *
     * @param mount where the broker has its {@code hmac} engine: {@code https://broker:8200/v1/hmac}
     * @param role whose keys
     * @param token of the broker, asked for with each request; it must be allowed to read {@code keyset/ROLE}, and {@code
     *     creds/ROLE} to sign
     */
    public static Builder of(URI mount, String role, Supplier<String> token) {
        return new Builder(mount, role, token);
    }

    /**
     * Waits until the broker was heard, and a key to sign with is there if this signs.
     *
     * @return false: not within that time; it is still tried
     */
    public boolean await(Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        boolean heard = refresh.await(atMost);
        return heard && (signer == null || signer.await(Duration.ofNanos(until - System.nanoTime())));
    }

    /**
     * Makes a token.
     *
     * @param payload is not hidden by it: whoever has the token can read it
     * @param life from now, at most the role's {@code session_ttl}
     * @return letters, digits and {@code - _ .}: fit for a cookie
     * @throws IllegalStateException if there is no key to sign with: none came yet, or the last was taken away and the
     *     broker is away; or if this doesn't sign
     * @throws IllegalArgumentException if the life is longer than sessions may be, or the token would be longer than 4,096
     *     characters
     */
    public String sign(byte[] payload, Duration life) {
        Duration longest = refresh.keys().longest();
        if (life.isNegative() || life.isZero() || (!longest.isZero() && life.compareTo(longest) > 0)) {
            throw new IllegalArgumentException("a session lasts more than 0 and at most " + longest.toSeconds() + " s");
        }
        Key key = signingKey(life)
                .orElseThrow(() -> new IllegalStateException("there is no key to sign with: "
                        + problem().orElse("none has come yet, or it was taken away")));
        byte[] token = Tokens.ofThread().write(key, clock.instant().plus(life).getEpochSecond(), payload);
        return new String(token, StandardCharsets.US_ASCII);
    }

    /**
     * Checks a token.
     *
     * @param token its characters in ASCII, as they come from a cookie
     * @return its payload; null if it isn't good, and {@link #check} says why
     */
    public byte @Nullable [] verify(byte[] token) {
        Tokens tokens = Tokens.ofThread();
        return tokens.check(refresh.keys(), clock.millis(), token) == Verdict.VALID ? tokens.payload(token) : null;
    }

    /** The same for a text; empty if it isn't good. */
    public Optional<byte[]> verify(String token) {
        return token.length() > Tokens.LONGEST
                ? Optional.empty()
                : Optional.ofNullable(verify(token.getBytes(StandardCharsets.UTF_8)));
    }

    /** What {@link #verify} finds. */
    public Verdict check(byte[] token) {
        return Tokens.ofThread().check(refresh.keys(), clock.millis(), token);
    }

    /** Why the broker could not be asked last; empty if all is well. */
    public Optional<String> problem() {
        Optional<String> hearing = refresh.problem();
        return hearing.isPresent() || signer == null ? hearing : signer.problem();
    }

    /** Stops to ask the broker. What is known stays good for as long as it is. */
    @Override
    public void close() {
        refresh.close();
        if (signer != null) {
            signer.close();
        }
    }

    private Optional<Key> signingKey(Duration life) {
        if (signer == null) {
            throw new IllegalStateException("this key set only checks; build it with signing()");
        }
        Instant now = clock.instant();
        Duration longest = refresh.keys().longest();
        return signer.key(refresh.keys(), now, now.plus(longest.isZero() ? Duration.ZERO : life));
    }

    /** What a key set is made with. */
    public static final class Builder {
        private final URI mount;
        private final String role;
        private final Supplier<String> token;
        private HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(3))
                .build();
        private InstantSource clock = InstantSource.system();
        private Duration wait = Duration.ofSeconds(30);
        private Duration settle = Duration.ofSeconds(35);
        private boolean signs;

        private Builder(URI mount, String role, Supplier<String> token) {
            this.mount = Objects.requireNonNull(mount, "mount");
            this.role = Objects.requireNonNull(role, "role");
            this.token = Objects.requireNonNull(token, "token");
        }

        /** It is to sign too, so it leases keys. */
        public Builder signing() {
            signs = true;
            return this;
        }

        /** What the broker is asked with: for a trust store, or a proxy. */
        public Builder http(HttpClient client) {
            http = client;
            return this;
        }

        /** What expiries are measured by. Default: the system's clock. */
        public Builder clock(InstantSource source) {
            clock = source;
            return this;
        }

        /** How long a request waits at the broker for the next change: 1 s to 60 s. Default: 30 s. */
        public Builder waiting(Duration atMost) {
            wait = atMost;
            return this;
        }

        /**
         * How long a new key must have been known before it signs: longer than those who check take to hear of it. Default:
         * 35 s, one wait and some.
         */
        public Builder settling(Duration time) {
            settle = time;
            return this;
        }

        /** Makes it, and begins to ask the broker in the background. */
        public KeySet open() {
            return new KeySet(this);
        }
    }
}
