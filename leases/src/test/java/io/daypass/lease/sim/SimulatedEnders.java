package io.daypass.lease.sim;

import io.daypass.lease.Ended;
import io.daypass.lease.Enders;
import io.daypass.lease.LaneKey;
import io.daypass.lease.Lease;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lanes of two calls, each of which is given up after ten seconds whatever its target still does. */
final class SimulatedEnders implements Enders {
    private static final int CALLS = 2;
    private static final long GIVEN_UP = 10_000;

    private final World world;
    private final Life life;
    private final boolean alwaysVouches;
    private final Map<LaneKey, Integer> underWay = new HashMap<>();

    SimulatedEnders(World world, Life life, boolean alwaysVouches) {
        this.world = world;
        this.life = life;
        this.alwaysVouches = alwaysVouches;
    }

    @Override
    public int room(LaneKey lane) {
        return world.scheduler().chance(5) ? 0 : CALLS - underWay.getOrDefault(lane, 0);
    }

    @Override
    public Traits traits(String mount, String kind) {
        return mount.equals(World.FENCED) ? new Traits(true, 3) : Traits.PLAIN;
    }

    @Override
    public List<String> withoutEffect(String mount) {
        return world.target(mount) == null ? List.of("key", "token") : List.of();
    }

    @Override
    public Object alike(Lease lease) {
        return lease.n() % 2;
    }

    @Override
    public CompletionStage<List<Ended>> end(List<Lease> leases, boolean settle) {
        LaneKey lane = leases.get(0).source().lane();
        CompletableFuture<List<Ended>> answer = new CompletableFuture<>();
        Scheduler scheduler = world.scheduler();
        if (scheduler.chance(2)) {
            return CompletableFuture.completedFuture(same(leases, Ended.BUSY));
        }
        Target target = world.target(lane.mount());
        if (target == null) {
            scheduler.soon(life, () -> answer.complete(same(leases, Ended.GONE)));
            return answer;
        }
        underWay.merge(lane, 1, Integer::sum);
        List<Long> handles = leases.stream().map(Lease::n).toList();
        List<Long> deadlines = leases.stream()
                .map(lease -> lease.mintDeadline().toEpochMilli())
                .toList();
        target.revoke(
                handles,
                deadlines,
                settle,
                ended -> scheduler.soon(life, () -> complete(lane, answer, alwaysVouches ? vouching(ended) : ended)));
        scheduler.after(
                life, GIVEN_UP, () -> complete(lane, answer, same(leases, Ended.unavailable("no answer in time"))));
        return answer;
    }

    private void complete(LaneKey lane, CompletableFuture<List<Ended>> answer, List<Ended> ended) {
        if (!answer.isDone()) {
            underWay.merge(lane, -1, Integer::sum);
            answer.complete(ended);
        }
    }

    private static List<Ended> same(List<Lease> leases, Ended ended) {
        return leases.stream().map(lease -> ended).toList();
    }

    private static List<Ended> vouching(List<Ended> ended) {
        List<Ended> all = new ArrayList<>();
        ended.forEach(each -> all.add(each.outcome() == Ended.Outcome.GONE ? Ended.VOUCHED : each));
        return all;
    }
}
