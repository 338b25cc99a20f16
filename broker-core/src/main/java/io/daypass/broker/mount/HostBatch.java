package io.daypass.broker.mount;

import io.daypass.broker.mount.guard.EngineFailure;
import io.daypass.broker.mount.guard.EngineFailure.Kind;
import io.daypass.broker.mount.guard.Guard;
import io.daypass.broker.mount.lane.Group;
import io.daypass.plugin.Batch;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Mint;
import io.daypass.plugin.Mount;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Mint steps that are sent to their target as one. */
final class HostBatch<I, A extends Record> implements Batch<I, A> {
    private final int most;
    private final Function<I, Object> alike;
    private final Mount.MintAll<I, A> mintAll;
    private final Guard guard;

    HostBatch(int most, Function<I, Object> alike, Mount.MintAll<I, A> mintAll, Guard guard) {
        this.most = most;
        this.alike = alike;
        this.mintAll = mintAll;
        this.guard = guard;
    }

    /** A mint step that may be done together with others. */
    record Step<I, A extends Record>(HostBatch<I, A> batch, I item, Object key) implements Mint<A> {
        @Override
        public A mint(Deadline deadline) throws Exception {
            return batch.one(item, deadline);
        }

        Group<Waiting<I>, A> group() {
            return new Group<>(batch, key, batch.most, batch::together);
        }
    }

    /** An item with its deadline. */
    record Waiting<I>(I item, Deadline deadline) {}

    @Override
    public Mint<A> of(I item) {
        // The key is worked out here, in the draft, where the guard stands around the engine's code.
        return new Step<>(this, item, alike.apply(item));
    }

    private A one(I item, Deadline deadline) throws Exception {
        return all(List.of(item), deadline).get(0);
    }

    private List<A> all(List<I> items, Deadline deadline) throws Exception {
        List<A> answers = mintAll.mintAll(items, deadline);
        if (answers.size() != items.size()) {
            throw new IllegalStateException(
                    "mintAll was given " + items.size() + " items and answered " + answers.size());
        }
        return answers;
    }

    private void together(List<Group.Item<Waiting<I>, A>> waiting) {
        Deadline earliest = waiting.get(0).value().deadline();
        for (Group.Item<Waiting<I>, A> each : waiting) {
            Deadline deadline = each.value().deadline();
            earliest = deadline.at().isBefore(earliest.at()) ? deadline : earliest;
        }
        Deadline deadline = earliest;
        List<I> items = waiting.stream().map(each -> each.value().item()).toList();
        try {
            List<A> answers = guard.call(() -> all(items, deadline));
            for (int i = 0; i < answers.size(); i++) {
                waiting.get(i).answer().complete(answers.get(i));
            }
        } catch (EngineFailure e) {
            if (e.kind() == Kind.REFUSED && waiting.size() > 1) {
                // Refused means that nothing of the list is left, so each may be sent once more; the bad one fails
                // alone.
                waiting.forEach(this::alone);
            } else {
                waiting.forEach(each -> each.answer().completeExceptionally(e));
            }
        }
    }

    private void alone(Group.Item<Waiting<I>, A> waiting) {
        CompletableFuture<A> answer = waiting.answer();
        try {
            answer.complete(
                    guard.call(() -> one(waiting.value().item(), waiting.value().deadline())));
        } catch (EngineFailure e) {
            answer.completeExceptionally(e);
        }
    }
}
