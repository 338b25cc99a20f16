package io.daypass.engine.ssh.key;

import io.daypass.plugin.Invalid;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Locale;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Makes key pairs, from randomness that is given. */
public final class KeyGenerator {
    private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);
    /** One chance in 2^128 that a factor isn't prime. */
    private static final int CERTAINTY = 128;

    /** What was asked for, in range. */
    private enum Choice {
        ED25519,
        ECDSA,
        RSA
    }

    private final SecureRandom random;

    /** @param random every draw comes from here */
    public KeyGenerator(SecureRandom random) {
        this.random = random;
    }

    /**
     * Makes a pair. RSA takes a second or more.
     *
     * @param type {@code ed25519}, {@code ecdsa} or {@code rsa}, or the name on the wire of one of these
     * @param bits 0: the usual; ecdsa 256, 384, 521; rsa 2048, 3072, 4096
     * @throws Invalid naming {@code key_type} or {@code key_bits}
     */
    public SshKeyPair generate(String type, int bits) {
        Choice choice = choice(type);
        int length = length(choice, type, bits);
        return switch (choice) {
            case ED25519 -> ed25519();
            case ECDSA -> ecdsa(length);
            case RSA -> rsa(length);
        };
    }

    /** Whether such a key is RSA, which is too slow to make while somebody waits. */
    public static boolean isRsa(String type) {
        return choice(type) == Choice.RSA;
    }

    private static Choice choice(String type) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "ed25519", "ssh-ed25519" -> Choice.ED25519;
            case "ec", "ecdsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521" -> Choice.ECDSA;
            case "rsa", "ssh-rsa" -> Choice.RSA;
            default -> throw new Invalid("key_type", "must be ed25519, ecdsa or rsa");
        };
    }

    private static int length(Choice choice, String type, int bits) {
        int named = type.startsWith("ecdsa-sha2-nistp") ? Integer.parseInt(type.substring(16)) : bits;
        if (bits != 0 && named != bits) {
            throw new Invalid("key_bits", "contradicts key_type; leave it out");
        }
        return switch (choice) {
            case ED25519 -> oneOf(named, "an Ed25519 key has no choice of length", 256, 256);
            case ECDSA -> oneOf(named, "must be 256, 384 or 521", 256, 256, 384, 521);
            case RSA -> oneOf(named, "must be 2048, 3072 or 4096", 4096, 2048, 3072, 4096);
        };
    }

    private static int oneOf(int bits, String problem, int usual, int... allowed) {
        if (bits == 0) {
            return usual;
        }
        for (int each : allowed) {
            if (each == bits) {
                return bits;
            }
        }
        throw new Invalid("key_bits", problem);
    }

    private SshKeyPair ed25519() {
        byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
        random.nextBytes(seed);
        return SshKeyPair.ed25519(seed);
    }

    private SshKeyPair ecdsa(int bits) {
        KeyKind kind = KeyKind.ofWireName("ecdsa-sha2-nistp" + bits).orElseThrow();
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(Curves.of(kind), random));
        ECPrivateKeyParameters made =
                (ECPrivateKeyParameters) generator.generateKeyPair().getPrivate();
        return SshKeyPair.ecdsa("key_type", kind, made.getD());
    }

    private SshKeyPair rsa(int bits) {
        RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
        generator.init(new RSAKeyGenerationParameters(EXPONENT, random, bits, CERTAINTY));
        RSAPrivateCrtKeyParameters made =
                (RSAPrivateCrtKeyParameters) generator.generateKeyPair().getPrivate();
        return SshKeyPair.rsa(
                "key_type", made.getModulus(), made.getPublicExponent(), made.getExponent(), made.getP(), made.getQ());
    }
}
