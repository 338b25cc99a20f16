package io.daypass.broker.mount;

import io.daypass.lease.Ended;
import io.daypass.lease.Enders;
import io.daypass.lease.LaneKey;
import io.daypass.lease.Lease;
import io.daypass.lease.Source;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Where leases are ended. Tokens are leases of the broker's own, with nothing outside to end. A lease whose mount or kind
 * nobody serves any more is never ended: it stays due, and says why.
 */
public final class MountEnders implements Enders {
    /** The mount, and the kind, that tokens are leases of. */
    public static final String TOKEN = "token";

    /** Tokens cost nothing to end, so they come in large lists. */
    private static final int TOKENS_AT_ONCE = 64;

    private static final String ANY = "";

    private final Function<String, Optional<Mounted>> mounts;
    private final Predicate<String> changing;

    /**
     * @param mounts finds those that are open
     * @param changing whether a mount's engine is being exchanged, so that it takes nothing just now
     */
    MountEnders(Function<String, Optional<Mounted>> mounts, Predicate<String> changing) {
        this.mounts = mounts;
        this.changing = changing;
    }

    @Override
    public int room(LaneKey lane) {
        if (lane.mount().equals(TOKEN)) {
            return TOKENS_AT_ONCE;
        }
        return mounts.apply(lane.mount())
                .map(mounted -> mounted.scope().lanes().room(lane.target()))
                .orElseGet(() -> changing.test(lane.mount()) ? 0 : 1);
    }

    @Override
    public Traits traits(String mount, String kind) {
        if (mount.equals(TOKEN)) {
            return new Traits(false, TOKENS_AT_ONCE);
        }
        return kind(mount, kind).map(MountEnders::traits).orElse(Traits.PLAIN);
    }

    private static Traits traits(Kind<?> kind) {
        return new Traits(kind.settle() != null, kind.isWithoutEffect() ? TOKENS_AT_ONCE : kind.most());
    }

    @Override
    public List<String> withoutEffect(String mount) {
        if (mount.equals(TOKEN)) {
            return List.of(TOKEN);
        }
        return mounts.apply(mount)
                .map(mounted -> mounted.kinds().values().stream()
                        .filter(Kind::isWithoutEffect)
                        .map(Kind::name)
                        .toList())
                .orElse(List.of());
    }

    @Override
    public Object alike(Lease lease) {
        return kind(lease.source().mount(), lease.source().kind())
                .filter(kind -> kind.revokeAll() != null)
                .map(kind -> together(kind, lease))
                .orElse(ANY);
    }

    private static <H extends Record> Object together(Kind<H> kind, Lease lease) {
        try {
            return kind.alike(kind.open(lease).handle());
        } catch (RuntimeException e) {
            // The call that ends it meets the same, and says so where it is seen: with the lease.
            return ANY;
        }
    }

    @Override
    public CompletionStage<List<Ended>> end(List<Lease> leases, boolean settle) {
        Source source = leases.get(0).source();
        if (source.mount().equals(TOKEN)) {
            return all(leases, Ended.GONE);
        }
        Optional<Mounted> mounted = mounts.apply(source.mount());
        if (mounted.isEmpty()) {
            return all(leases, Ended.failed("no plugin serves the mount " + source.mount() + ": put its plugin back"));
        }
        Kind<?> kind = mounted.get().kinds().get(source.kind());
        if (kind == null) {
            return all(
                    leases,
                    Ended.failed("the plugin of the mount " + source.mount() + " has no leases of the kind "
                            + source.kind() + " any more: put back a version that has"));
        }
        return kind.end() == null
                ? all(leases, Ended.GONE)
                : Ending.of(mounted.get().scope(), kind).end(leases, settle);
    }

    private Optional<Kind<?>> kind(String mount, String kind) {
        return mounts.apply(mount).map(mounted -> mounted.kinds().get(kind));
    }

    private static CompletionStage<List<Ended>> all(List<Lease> leases, Ended ended) {
        return CompletableFuture.completedFuture(Collections.nCopies(leases.size(), ended));
    }
}
