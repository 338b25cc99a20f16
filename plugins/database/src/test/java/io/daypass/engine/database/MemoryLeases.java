package io.daypass.engine.database;

import io.daypass.plugin.Leases;
import io.daypass.plugin.Mount;
import io.daypass.plugin.Table;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
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
    public long live(String target) {
        return live;
    }
}
