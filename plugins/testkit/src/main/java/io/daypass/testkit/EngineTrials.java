package io.daypass.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.broker.api.ApiException;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An engine that is mounted before each test and closed after it, and ways to break it. */
abstract class EngineTrials extends EngineSubject {
    static final Duration SHORT = Duration.ofSeconds(1);
    static final Duration SOON = Duration.ofSeconds(3);
    /** Some targets are logged in to twice for one lease. */
    private static final int MOST_STEPS = 128;

    Trial trial;
    private int leftBefore;

    // The trial is begun before each test.
    @SuppressWarnings("NullAway.Init")
    EngineTrials() {}

    @BeforeEach
    final void begin() throws Exception {
        trial = new Trial(this);
        leftBefore = hasEffect() ? left() : 0;
    }

    @AfterEach
    final void finish() throws SQLException {
        if (hasEffect()) {
            link().heal();
        }
        trial.close();
    }

    /**
     * What the mount answers to a request. Where a kind of lease has no effect outside, the mount is what knows whether a
     * credential works.
     *
     * @param path within the mount
     * @param body as JSON; where it has no {@code "}, {@code '} does for it
     */
    protected final JsonNode asked(String path, String body) {
        return trial.asked(path, body);
    }

    /**
     * What reading a path of the mount answers.
     *
     * @param path within the mount
     */
    protected final JsonNode read(String path) {
        return trial.read(path);
    }

    /**
     * What the mount serves as a document: a revocation list, a public key.
     *
     * @param path within the mount
     */
    protected final byte[] document(String path) {
        return trial.document(path);
    }

    final boolean hasEffect() {
        return trial.kind().hasEffect();
    }

    final void onlyWithEffect() {
        assumeTrue(hasEffect(), "the kind of lease is declared to have no effect outside");
    }

    final void onlyWithSecret() {
        assumeTrue(
                trial.kind().answersSecret(issuePath(), secretFields()),
                "the answer is declared to hold no secret: the caller brings the key");
    }

    final void onlyIfDeclared(String what) {
        assumeTrue(trial.kind().declares(what), () -> "the kind of lease doesn't declare " + what);
    }

    final void assertNothingIsLeft() throws Exception {
        trial.awaitEnd();
        assertEquals(0, leftHere(), "credentials that are left in the target");
    }

    /** What this test has left in the target until now. */
    final int leftHere() throws Exception {
        return left() - leftBefore;
    }

    final void breakOffAtHostCalls() {
        Fault.AtHostCall fault = Fault.atHostCall(0);
        for (int calls = 1; calls < MOST_STEPS && !isIssuedDespite(fault); calls++) {
            fault = Fault.atHostCall(calls);
        }
        trial.watch.fault = Fault.NONE;
    }

    private boolean isIssuedDespite(Fault.AtHostCall fault) {
        trial.watch.fault = fault;
        return isIssued() || !fault.hasStruck();
    }

    final void breakOffAtMessages() {
        boolean issued = false;
        for (int messages = 0; messages < MOST_STEPS && !issued; messages++) {
            link().cutAfter(messages);
            issued = isIssued();
            link().heal();
        }
        assertTrue(issued, "nothing could be issued over a link that lets " + MOST_STEPS + " messages pass");
    }

    /** Issues one and ends it, if it can. */
    private boolean isIssued() {
        try {
            trial.revoke(trial.issue());
            return true;
        } catch (ApiException e) {
            trial.said.addAll(e.errors());
            return false;
        }
    }
}
