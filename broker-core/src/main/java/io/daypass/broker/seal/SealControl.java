package io.daypass.broker.seal;

import io.daypass.entry.EntryStore;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Initialises, unseals and seals: what {@code sys/init}, {@code sys/unseal}, {@code sys/seal} and {@code
 * sys/seal-status} ask.
 *
 * <p>Its methods don't block; stages fail with a {@link SealException}, or with what the store failed with. Whatever
 * asks it may come from any thread; each change is made under its own monitor, which is never held while anything is
 * waited for.
 */
public final class SealControl {
    private final EntryStore store;
    private final Seal seal;
    private final KeyringBarrier barrier;
    private final SecureRandom entropy;
    private final Executor files;

    private @Nullable WrappedKeyring stored;
    private @Nullable RawKey rootKey;
    private @Nullable Shares given;
    private String nonce = "";
    private boolean changing;

    /**
     * @param store keeps the keyring, wrapped
     * @param seal as the configuration says
     * @param barrier is opened and closed by this alone
     * @param entropy for keys and shares
     * @param files runs what reads a key file
     */
    public SealControl(EntryStore store, Seal seal, KeyringBarrier barrier, SecureRandom entropy, Executor files) {
        this.store = store;
        this.seal = seal;
        this.barrier = barrier;
        this.entropy = entropy;
        this.files = files;
    }

    /**
     * Learns how the store is sealed, and opens it if the seal needs nobody's help. To be called once, first.
     *
     * <p>A failure means that the server must not start: a damaged keyring, another type of seal than the
     * configuration's, a key file that is missing or wrong.
     */
    public CompletionStage<SealStatus> start() {
        return store.meta(WrappedKeyring.META).thenCompose(found -> {
            if (found.isEmpty()) {
                return keyAtHand().thenApply(checked -> status());
            }
            WrappedKeyring keyring = WrappedKeyring.ofBytes(found.get());
            if (!keyring.type().equals(seal.type())) {
                throw new SealException("this data directory was initialised with the seal \"" + keyring.type()
                        + "\", but the configuration says \"" + seal.type() + "\"; set seal.type to it");
            }
            synchronized (this) {
                stored = keyring;
            }
            return seal.rootKey().isPresent() ? unsealUnattended() : CompletableFuture.completedStage(status());
        });
    }

    /** Whether the key that will be needed can be had: said at the start rather than when it is initialised. */
    private CompletionStage<byte[]> keyAtHand() {
        return seal.rootKey()
                .map(key -> CompletableFuture.supplyAsync(key, files))
                .orElseGet(() -> CompletableFuture.completedFuture(new byte[0]));
    }

    /** How things stand. */
    public synchronized SealStatus status() {
        WrappedKeyring keyring = stored;
        return new SealStatus(
                seal.type(),
                keyring != null,
                rootKey == null,
                keyring == null ? 0 : keyring.threshold(),
                keyring == null ? 0 : keyring.shares(),
                given == null ? 0 : given.progress(),
                nonce);
    }

    /**
     * Makes the keyring. What {@code whileOpen} makes (the first token) is made through an open barrier, and before
     * the keyring is stored, so that there is no initialised broker that nobody can enter. Afterwards the barrier is
     * closed again if the seal needs somebody's help.
     *
     * @param shares into how many the root key is split; not looked at where the seal has no shares
     * @param threshold how many of them are needed
     */
    public <T> CompletionStage<Initialized<T>> init(
            int shares, int threshold, Supplier<? extends CompletionStage<T>> whileOpen) {
        return seal.rootKey()
                .map(key -> CompletableFuture.supplyAsync(key, files)
                        .thenCompose(bytes -> init(RawKey.of(bytes), List.of(), 0, whileOpen)))
                .orElseGet(() -> CompletableFuture.completedFuture(RawKey.random(entropy))
                        .thenCompose(key -> init(
                                key,
                                Shares.split(key.getEncoded(), shares, threshold, entropy),
                                threshold,
                                whileOpen)));
    }

    private <T> CompletionStage<Initialized<T>> init(
            RawKey key, List<byte[]> split, int threshold, Supplier<? extends CompletionStage<T>> whileOpen) {
        Keyring keyring = Keyring.fresh(entropy);
        WrappedKeyring wrapped =
                WrappedKeyring.wrap(keyring, seal.type(), split.size(), threshold, key, bytes(Aead.NONCE));
        beginChange();
        return CompletableFuture.completedStage(keyring)
                .thenCompose(opened -> {
                    requireUninitialised();
                    barrier.open(opened);
                    return whileOpen.get();
                })
                .thenCompose(first -> store.putMeta(WrappedKeyring.META, wrapped.toBytes())
                        .thenApply(done -> new Initialized<>(hex(split), base64(split), first)))
                .whenComplete((made, failure) -> endInit(key, failure == null ? wrapped : null));
    }

    private synchronized void requireUninitialised() {
        if (stored != null) {
            throw new SealException("Daypass is already initialised");
        }
    }

    private synchronized void endInit(RawKey key, @Nullable WrappedKeyring wrapped) {
        changing = false;
        if (stored == null && wrapped != null) {
            stored = wrapped;
            if (seal.rootKey().isPresent()) {
                rootKey = key;
                return;
            }
        }
        key.destroy();
        if (rootKey == null) {
            barrier.close();
        }
    }

    /**
     * Takes a share; the one that makes enough opens the barrier. Where the seal needs no shares, it is asked for its
     * key again, and what was given is not looked at.
     *
     * <p>Fails if it is no share, or if the shares together don't fit: then all of them are forgotten.
     */
    public CompletionStage<SealStatus> unseal(String share) {
        try {
            synchronized (this) {
                WrappedKeyring keyring = requireInitialised();
                if (rootKey != null) {
                    return CompletableFuture.completedStage(status());
                }
                if (seal.rootKey().isEmpty()) {
                    take(share, keyring);
                    return CompletableFuture.completedStage(status());
                }
            }
            return unsealUnattended();
        } catch (SealException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private CompletionStage<SealStatus> unsealUnattended() {
        return CompletableFuture.supplyAsync(seal.rootKey().orElseThrow(), files)
                .thenApply(bytes -> {
                    synchronized (this) {
                        WrappedKeyring keyring = requireInitialised();
                        if (rootKey == null && !open(keyring, bytes)) {
                            throw new SealException(seal.key()
                                    + " is not the one that this data directory was initialised with, or the keyring was"
                                    + " altered: bring the right one back, or the data directory from a backup");
                        }
                        return status();
                    }
                });
    }

    private void take(String share, WrappedKeyring keyring) {
        if (given == null) {
            given = new Shares(keyring.shares(), keyring.threshold(), entropy);
        }
        boolean enough = given.add(share);
        if (nonce.isEmpty()) {
            nonce = uuid();
        }
        if (!enough) {
            return;
        }
        boolean opened = open(keyring, given.join());
        forgetShares();
        if (!opened) {
            throw new SealException("the shares given don't make the key: at least one is wrong, or is another"
                    + " broker's; all were forgotten, begin again with the first");
        }
    }

    /** Opens the barrier with that root key, which is wiped; false if it is the wrong one. */
    private boolean open(WrappedKeyring keyring, byte[] key) {
        RawKey candidate = RawKey.of(key);
        Arrays.fill(key, (byte) 0);
        return keyring.unwrap(candidate)
                .map(unwrapped -> {
                    barrier.open(unwrapped);
                    rootKey = candidate;
                    return true;
                })
                .orElse(false);
    }

    /** Forgets the shares given so far. */
    public synchronized SealStatus reset() {
        forgetShares();
        return status();
    }

    private void forgetShares() {
        if (given != null) {
            given.reset();
        }
        given = null;
        nonce = "";
    }

    /** Closes the barrier and wipes its keys. Nothing can be read, minted or revoked until it is unsealed. */
    public synchronized SealStatus seal() {
        if (rootKey != null) {
            rootKey.destroy();
            rootKey = null;
            barrier.close();
        }
        forgetShares();
        return status();
    }

    /**
     * Adds a key to the keyring, durably; what is sealed from then on is under it.
     *
     * @return its version
     */
    public CompletionStage<Integer> rotate() {
        Keyring rotated;
        WrappedKeyring wrapped;
        RawKey key;
        try {
            synchronized (this) {
                WrappedKeyring before = requireInitialised();
                key = rootKey;
                if (key == null) {
                    throw new Barrier.SealedException();
                }
                beginChange();
                rotated = barrier.keyring().rotated(entropy);
                wrapped = WrappedKeyring.wrap(
                        rotated, before.type(), before.shares(), before.threshold(), key, bytes(Aead.NONCE));
            }
        } catch (SealException | Barrier.SealedException e) {
            return CompletableFuture.failedStage(e);
        }
        return store.putMeta(WrappedKeyring.META, wrapped.toBytes())
                .whenComplete((done, failure) -> endRotation(key, rotated, failure == null ? wrapped : null))
                .thenApply(done -> rotated.newest());
    }

    private synchronized void endRotation(RawKey key, Keyring rotated, @Nullable WrappedKeyring wrapped) {
        changing = false;
        if (wrapped == null) {
            return;
        }
        stored = wrapped;
        // Sealed meanwhile: the old keys are wiped, and the new one must not stay behind.
        if (rootKey == key) {
            barrier.rotate(rotated);
        } else {
            rotated.destroy();
        }
    }

    /** Whether so much was sealed under the newest key that {@link #rotate} is due. */
    public boolean rotationDue() {
        return barrier.rotationDue();
    }

    private synchronized void beginChange() {
        if (changing) {
            throw new SealException("the keyring is being changed already; wait for that to end");
        }
        changing = true;
    }

    private WrappedKeyring requireInitialised() {
        WrappedKeyring keyring = stored;
        if (keyring == null) {
            throw new SealException("Daypass is not initialised: daypass operator init");
        }
        return keyring;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        entropy.nextBytes(bytes);
        return bytes;
    }

    /** A random UUID (RFC 9562, version 4). */
    private String uuid() {
        ByteBuffer random = ByteBuffer.wrap(bytes(16));
        long high = (random.getLong() & ~0xf000L) | 0x4000L;
        long low = (random.getLong() & ~(0xc0L << 56)) | (0x80L << 56);
        return new UUID(high, low).toString();
    }

    private static List<String> hex(List<byte[]> shares) {
        return shares.stream().map(HexFormat.of()::formatHex).toList();
    }

    private static List<String> base64(List<byte[]> shares) {
        return shares.stream().map(Base64.getEncoder()::encodeToString).toList();
    }
}
