package io.daypass.broker.mount;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Which entries some broker is busy with: written down in the store that all brokers share, each for a while, so that what
 * a broker leaves behind when it dies is taken up by another. Doesn't block.
 */
final class Claims {
    private static final String UNTIL = "until";

    private final SealedTrees entries;
    private final String prefix;
    private final Supplier<Instant> now;

    /**
     * @param prefix of the claims' paths in the store
     * @param now the time by the store's clock
     */
    Claims(SealedTrees entries, String prefix, Supplier<Instant> now) {
        this.entries = entries;
        this.prefix = prefix;
        this.now = now;
    }

    /**
     * A claim that is ours.
     *
     * @param path in the store
     * @param version that was written
     */
    record Claim(String path, long version) {}

    /**
     * Claims an entry, durably.
     *
     * @param until when others may take it
     * @return empty: it is another's
     */
    CompletionStage<Optional<Claim>> take(String name, Instant until) {
        String path = prefix + name;
        return entries.find(path).thenCompose(found -> {
            if (found.isPresent() && isHeld(found.get())) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            long before = found.map(SealedTrees.Opened::version).orElse(0L);
            return entries.put(
                            path, before, JsonNodeFactory.instance.objectNode().put(UNTIL, until.toEpochMilli()))
                    .thenApply(done -> done ? Optional.of(new Claim(path, before + 1)) : Optional.empty());
        });
    }

    /** One that can't be read is nobody's: that of another key, which is gone. */
    private boolean isHeld(SealedTrees.Opened claim) {
        return claim.tree().path(UNTIL).asLong() > now.get().toEpochMilli();
    }

    /** Lets others have it. Does nothing if it has run out and another has it by now. */
    CompletionStage<Boolean> release(Claim claim) {
        return entries.remove(claim.path(), claim.version());
    }
}
