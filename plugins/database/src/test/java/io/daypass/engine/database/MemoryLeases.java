package io.daypass.engine.database;

import io.daypass.plugin.Leases;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Revoked;
import io.daypass.plugin.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Keeps what a kind of lease was declared with. */
final class MemoryLeases<H extends Record> implements Leases<H> {
    @Nullable
    Drafter<H, ?> drafter;

    @Nullable
    Settle<H> settle;

    @Nullable
    Extend<H> extend;

    Mount.@Nullable Revoke<List<H>> revokeAll;
    long live;
    /** What others do at the last moment that they can. */
    Runnable beforeTheCount = () -> {};

    @Override
    public <A extends Record> Leases<H> issue(String path, Class<A> answer, Drafter<H, A> draft) {
        drafter = draft;
        return this;
    }

    @Override
    public Leases<H> withoutEffect() {
        return this;
    }

    @Override
    public Leases<H> extend(Extend<H> extend) {
        this.extend = extend;
        return this;
    }

    @Override
    public Leases<H> settle(Settle<H> settle) {
        this.settle = settle;
        return this;
    }

    @Override
    public Leases<H> unfenced(Predicate<H> which, Extend<H> lengthen) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Leases<H> list(String path, Function<H, String> name, ListIn list) {
        return this;
    }

    @Override
    public Leases<H> on(Table<?> targets, Function<H, String> name) {
        return this;
    }

    @Override
    public <T extends Record> Leases<H> on(Table<T> targets, Function<H, String> name, ToIntFunction<T> calls) {
        return this;
    }

    @Override
    public Leases<H> revokeAll(int most, Function<H, Object> alike, Mount.Revoke<List<H>> revoke) {
        revokeAll = revoke;
        return this;
    }

    @Override
    public <P extends Record, A extends Record> Leases<H> issue(
            String path, Class<P> params, Class<A> answer, DrafterWith<P, H, A> draft) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Leases<H> keepsSecrets() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Leases<H> lingers(Function<H, Instant> until) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Leases<H> listed(ToLongFunction<H> serial, Function<H, Instant> until) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Leases<H> issuer(Function<H, String> name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Leases<H> endingWarns(Function<H, Optional<String>> warning) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void each(String path, Consumer<H> each) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<H> find(long number) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean spend(long number) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Revoked revoked() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long live(String target) {
        return live;
    }

    @Override
    public long ifNoneLives(String target, Runnable change) {
        beforeTheCount.run();
        if (live == 0) {
            change.run();
        }
        return live;
    }
}
