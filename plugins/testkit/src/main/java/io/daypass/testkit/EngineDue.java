package io.daypass.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.daypass.broker.mount.Bench;
import io.daypass.broker.mount.Mounts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** That what is due to entries is done, once, whatever becomes of those who do it. */
abstract class EngineDue extends EngineSecrets {
    private static final int MOST_STEPS = 64;
    private static final int MOST_LOOKS = 5;
    private static final int HOURS_AWAY = 24;
    private static final Duration BACKOFF = Duration.ofSeconds(1);

    @Test
    void dueOnTwoBrokers_happensOnce() throws Exception {
        onlyWithDue();
        Mounts other = trial.anotherBroker();
        try {
            trial.look(other);
            trial.look(trial.bench.mounts());
            trial.advanceToDue();
            trial.watch.tasks.clear();
            trial.watch.fault = Fault.together(BACKOFF);
            trial.bench.mounts().look();
            trial.look(other);
            trial.awaitIdle(trial.bench.mounts());
            trial.look(other);
            trial.look(trial.bench.mounts());
            assertEquals(1, trial.watch.tasks.size(), "times that two brokers did what was due once");
        } finally {
            Bench.await(other.stop());
        }
        assertTrue(isSettled());
    }

    @Test
    void dueInterruptedAtAnyStep_settles() throws Exception {
        onlyWithDue();
        Fault.AtHostCall fault = Fault.atHostCall(0);
        for (int calls = 1; calls < MOST_STEPS && isStruck(fault); calls++) {
            fault = Fault.atHostCall(calls);
        }
        breakOffWith(Fault.ANSWER_LOST);
        if (hasEffect()) {
            breakOffDueAtMessages();
        }
    }

    @Test
    void due_whileTheTargetIsAwayForADay_isDoneOnceItIsBack() throws Exception {
        onlyWithDue();
        assumeTrue(hasEffect(), "the kind of lease has no target");
        trial.advanceToDue();
        link().cut();
        for (int hours = 0; hours < HOURS_AWAY; hours++) {
            trial.look(trial.bench.mounts());
            assertTrue(trial.isDue(), "what was due was done without its target");
            trial.bench.advance(Duration.ofHours(1));
        }
        link().heal();
        trial.look(trial.bench.mounts());
        assertFalse(trial.isDue(), "what was due is still due with the target back");
        assertTrue(isSettled());
    }

    private void onlyWithDue() {
        assumeFalse(trial.watch.chores.isEmpty(), "no entries are declared to be due");
    }

    private boolean isStruck(Fault.AtHostCall fault) throws Exception {
        breakOffWith(fault);
        return fault.hasStruck();
    }

    private void breakOffWith(Fault fault) throws Exception {
        trial.advanceToDue();
        trial.watch.fault = fault;
        trial.look(trial.bench.mounts());
        assertSettles();
    }

    private void breakOffDueAtMessages() throws Exception {
        boolean isDone = false;
        for (int messages = 0; messages < MOST_STEPS && !isDone; messages++) {
            trial.advanceToDue();
            link().cutAfter(messages);
            trial.look(trial.bench.mounts());
            isDone = !trial.isDue();
            link().heal();
            assertSettles();
        }
    }

    /** Whoever takes it up knows nothing but what is stored. */
    private void assertSettles() throws Exception {
        trial.watch.fault = Fault.NONE;
        trial.restart();
        for (int i = 0; i < MOST_LOOKS && trial.isDue(); i++) {
            trial.look(trial.bench.mounts());
            trial.bench.advance(BACKOFF);
        }
        assertFalse(trial.isDue(), "what was due is still due after it was broken off");
        assertTrue(isSettled(), "what was broken off has not come to its end in the target");
    }
}
