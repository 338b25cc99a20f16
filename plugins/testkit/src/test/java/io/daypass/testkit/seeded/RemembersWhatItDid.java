package io.daypass.testkit.seeded;

import io.daypass.plugin.Deadline;
import io.daypass.testkit.key.KeyEngine;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** When an entry is due is in the memory of whoever did it last. */
public final class RemembersWhatItDid extends KeyEngine {
    private final Map<String, Instant> done = new ConcurrentHashMap<>();

    @Override
    protected Optional<Instant> due(Standing standing) {
        return Optional.of(done.getOrDefault(standing.purpose(), Instant.EPOCH).plus(standing.every()));
    }

    @Override
    protected void replace(String name, Standing newest, Deadline deadline) throws Exception {
        super.replace(name, newest, deadline);
        done.put(newest.purpose(), mount.clock().instant());
    }
}
