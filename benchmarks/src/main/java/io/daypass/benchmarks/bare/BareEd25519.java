package io.daypass.benchmarks.bare;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** How many Ed25519 signatures all cores make of messages as long as a certificate, with nothing around them. */
public final class BareEd25519 implements AutoCloseable {
    private static final int MESSAGE_BYTES = 400;
    private static final int AT_A_TIME = 16;

    private final int cores = Runtime.getRuntime().availableProcessors();
    private final ExecutorService threads = Executors.newFixedThreadPool(cores);
    private final Callable<Signer> signers;

    private BareEd25519(Callable<Signer> signers) {
        this.signers = signers;
    }

    /** By the JDK's own provider. */
    public static BareEd25519 ofJdk() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        return new BareEd25519(() -> {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            return message -> {
                signature.update(message);
                return signature.sign();
            };
        });
    }

    /** By Bouncy Castle, as the engine does. */
    public static BareEd25519 ofBouncyCastle() {
        Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(new SecureRandom());
        // What is worked out once for a key is worked out here.
        key.generatePublicKey();
        return new BareEd25519(() -> message -> {
            byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
            key.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
            return signature;
        });
    }

    /** Signs for this long and answers signatures in a second. */
    public double rate(Duration time) throws Exception {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        long made = 0;
        Callable<Long> loop = () -> loop(end);
        for (Future<Long> each : threads.invokeAll(Collections.nCopies(cores, loop))) {
            made += each.get();
        }
        return made / ((System.nanoTime() - start) / 1e9);
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    private long loop(long end) throws Exception {
        Signer signer = signers.call();
        byte[] message = new byte[MESSAGE_BYTES];
        long made = 0;
        while (System.nanoTime() < end) {
            for (int i = 0; i < AT_A_TIME; i++) {
                // Each message is another, and depends on the signature before.
                message[0] = signer.sign(message)[0];
            }
            made += AT_A_TIME;
        }
        return made;
    }

    /** Signs, on one thread. */
    private interface Signer {
        byte[] sign(byte[] message) throws GeneralSecurityException;
    }
}
