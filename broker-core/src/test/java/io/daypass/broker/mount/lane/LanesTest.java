package io.daypass.broker.mount.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LanesTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Threads threads = new Threads();
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void close() {
        gate.countDown();
        threads.close();
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static @Nullable Throwable failure(CompletionStage<?> stage) {
        return assertThrows(ExecutionException.class, () -> await(stage)).getCause();
    }

    private Lanes lanes(int calls, int queue, int mount) {
        return new Lanes(new LaneLimits(calls, queue, mount), threads);
    }

    private Running<String> hang(Lanes lanes, String target, Duration within) {
        CountDownLatch begun = new CountDownLatch(1);
        Running<String> running = lanes.reserve(target).orElseThrow().run(within, () -> {
            begun.countDown();
            gate.await();
            return "late";
        });
        try {
            assertTrue(begun.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return running;
    }

    @Test
    void run_answers() throws Exception {
        assertEquals(
                "a",
                await(lanes(1, 1, 1)
                        .reserve("t")
                        .orElseThrow()
                        .run(LONG, () -> "a")
                        .result()));
    }

    @Test
    void run_whatThrows_fails() {
        Running<Object> running = lanes(1, 1, 1).reserve("t").orElseThrow().run(LONG, () -> {
            throw new TimeoutException("t");
        });
        assertInstanceOf(TimeoutException.class, failure(running.result()));
    }

    @Test
    void reserve_inAFullLane_isRefusedAtOnce() {
        Lanes lanes = lanes(1, 2, 4);
        hang(lanes, "t", LONG);
        lanes.reserve("t").orElseThrow().run(LONG, () -> "b");
        Optional<Lanes.Place> second = lanes.reserve("t");
        assertTrue(second.isPresent());
        assertTrue(lanes.reserve("t").isEmpty());
        second.get().giveBack();
        assertTrue(lanes.reserve("t").isPresent());
    }

    @Test
    void run_pastItsDeadline_isGivenUpButKeepsItsPlace() throws Exception {
        Lanes lanes = lanes(1, 1, 4);
        Running<String> running = hang(lanes, "t", SHORT);
        LateException late = assertInstanceOf(LateException.class, failure(running.result()));
        assertTrue(late.started());
        assertEquals(List.of(new Lanes.Load("t", 1, 0)), lanes.loads());
        gate.countDown();
        assertEquals("late", await(running.returned()));
    }

    @Test
    void run_whoseTurnNeverCame_isNeverStarted() throws Exception {
        Lanes lanes = lanes(1, 1, 4);
        hang(lanes, "t", LONG);
        List<String> ran = Collections.synchronizedList(new ArrayList<>());
        Running<Boolean> waiting = lanes.reserve("t").orElseThrow().run(SHORT, () -> ran.add("b"));
        LateException late = assertInstanceOf(LateException.class, failure(waiting.result()));
        assertFalse(late.started());
        Lanes.Place next = lanes.reserve("t").orElseThrow();
        gate.countDown();
        await(next.run(LONG, () -> ran.add("c")).result());
        assertEquals(List.of("c"), ran);
    }

    @Test
    void lanes_ofOtherTargets_areNotHeldUp() throws Exception {
        Lanes lanes = lanes(1, 4, 4);
        hang(lanes, "mute", LONG);
        assertEquals(
                "a",
                await(lanes.reserve("well").orElseThrow().run(LONG, () -> "a").result()));
    }

    @Test
    void lanes_ofOneMount_shareItsBound() throws Exception {
        Lanes lanes = lanes(1, 4, 2);
        hang(lanes, "a", LONG);
        hang(lanes, "b", LONG);
        Running<String> third = lanes.reserve("c").orElseThrow().run(LONG, () -> "c");
        assertEquals(
                1,
                lanes.loads().stream()
                        .filter(load -> load.target().equals("c"))
                        .mapToInt(Lanes.Load::waiting)
                        .sum());
        gate.countDown();
        assertEquals("c", await(third.result()));
    }

    @Test
    void askedAndDue_takeTurns() throws Exception {
        Lanes lanes = lanes(1, 10, 4);
        hang(lanes, "t", LONG);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        List<CompletionStage<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(lanes.reserve("t")
                    .orElseThrow()
                    .run(LONG, () -> order.add("asked"))
                    .result());
        }
        for (int i = 0; i < 3; i++) {
            all.add(lanes.due("t", LONG, () -> order.add("due")).result());
        }
        gate.countDown();
        for (CompletionStage<Boolean> each : all) {
            await(each);
        }
        assertEquals(List.of("due", "asked", "due", "asked", "due", "asked"), order);
    }

    @Test
    void calls_ofATargetsOwn_areFollowedAtOnce() throws Exception {
        Lanes lanes = lanes(1, 10, 8);
        lanes.calls("t", 1);
        hang(lanes, "t", LONG);
        CountDownLatch three = new CountDownLatch(2);
        List<CompletionStage<String>> answers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            answers.add(lanes.reserve("t")
                    .orElseThrow()
                    .run(LONG, () -> {
                        three.countDown();
                        gate.await();
                        return "done";
                    })
                    .result());
        }
        assertEquals(List.of(new Lanes.Load("t", 1, 3)), lanes.loads());
        lanes.calls("t", 3);
        assertTrue(three.await(10, TimeUnit.SECONDS));
        assertEquals(List.of(new Lanes.Load("t", 3, 1)), lanes.loads());
        assertEquals(6, lanes.room("t"));
        gate.countDown();
        for (CompletionStage<String> each : answers) {
            assertEquals("done", await(each));
        }
    }

    @Test
    void calls_ofATargetsOwn_leaveOthersHalfOfTheMount() {
        Lanes lanes = lanes(1, 10, 8);
        lanes.calls("t", 100);
        assertEquals(8, lanes.room("t"));
        assertEquals(2, lanes.room("other"));
        lanes.calls("t", 0);
        assertEquals(2, lanes.room("t"));
    }

    @Test
    void room_shrinksWithDueWork() {
        Lanes lanes = lanes(2, 10, 4);
        assertEquals(4, lanes.room("t"));
        hang(lanes, "t", LONG);
        assertEquals(4, lanes.room("t"));
        lanes.due("t", LONG, () -> {
            gate.await();
            return true;
        });
        assertEquals(3, lanes.room("t"));
    }

    @Test
    void group_ofWhatWaits_isOneCall() throws Exception {
        Lanes lanes = lanes(1, 20, 4);
        hang(lanes, "t", LONG);
        List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
        Object owner = new Object();
        List<CompletionStage<String>> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Group<Integer, String> group = new Group<>(owner, i % 2, 4, items -> {
                sizes.add(items.size());
                items.forEach(item -> item.answer().complete("n" + item.value()));
            });
            answers.add(lanes.reserve("t").orElseThrow().run(LONG, group, i).result());
        }
        gate.countDown();
        for (int i = 0; i < 10; i++) {
            assertEquals("n" + i, await(answers.get(i)));
        }
        assertEquals(List.of(4, 4, 1, 1), sizes);
    }

    @Test
    void group_thatLeavesOneOpen_failsIt() {
        Group<Integer, String> group = new Group<>(this, 1, 4, items -> {});
        Running<String> running = lanes(1, 1, 1).reserve("t").orElseThrow().run(LONG, group, 1);
        assertInstanceOf(IllegalStateException.class, failure(running.result()));
    }

    @Test
    void close_waitsForCallsUnderWay() throws Exception {
        Lanes lanes = lanes(1, 1, 1);
        hang(lanes, "t", LONG);
        CompletionStage<Void> drained = lanes.close();
        assertTrue(lanes.reserve("t").isEmpty());
        assertFalse(drained.toCompletableFuture().isDone());
        gate.countDown();
        await(drained);
    }

    @Test
    void lanes_whenIdle_areForgotten() throws Exception {
        Lanes lanes = lanes(1, 1, 1);
        await(lanes.reserve("t").orElseThrow().run(LONG, () -> "a").returned());
        await(lanes.close());
        assertEquals(List.of(), lanes.loads());
    }
}
