package io.daypass.testkit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.daypass.testkit.Trial.Issued;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That what is secret is seen by nobody but who asked for it. */
abstract class EngineSecrets extends EngineTrials {
    private static final int LEAST_SECRET = 16;

    @Test
    void secrets_areNeverStored() throws Exception {
        Issued issued = trial.issue();
        List<String> cells = new ArrayList<>(Stored.cells(trial.bench.database()));
        if (!trial.kind().declares("keepsSecrets")) {
            trial.watch.drafts.forEach(draft -> cells.add(Trial.stored(draft.handle())));
        }
        assertHoldNone(cells, trial.secrets(issued.data()));
        trial.end(issued);
        assertHoldNone(Stored.cells(trial.bench.database()), trial.secrets(issued.data()));
        assertHoldNone(Stored.cells(trial.bench.database()), trial.configuredSecrets());
    }

    @Test
    void secrets_areLongAndDistinct() {
        onlyWithSecret();
        List<String> first = trial.secrets(trial.issue().data());
        List<String> second = trial.secrets(trial.issue().data());
        assertFalse(first.isEmpty(), () -> "the answer has none of the fields " + secretFields());
        Stream.concat(first.stream(), second.stream())
                .forEach(each -> assertTrue(
                        each.length() >= LEAST_SECRET,
                        "a secret of " + each.length() + " characters, which is short of " + LEAST_SECRET));
        assertNotEquals(first, second);
    }

    @Test
    void secrets_printRedacted() {
        Issued issued = trial.issue();
        List<String> printed = new ArrayList<>();
        trial.watch.answers.forEach(each -> printed.add(each.toString()));
        trial.watch.drafts.forEach(each -> printed.add(each.toString()));
        trial.watch.asked.forEach(each -> printed.add(each.toString()));
        assertFalse(trial.watch.answers.isEmpty());
        assertHoldNone(printed, trial.secrets(issued.data()));
        assertHoldNone(printed, trial.configuredSecrets());
    }

    @Test
    void secrets_areNeverLogged() throws Exception {
        List<String> secrets = new ArrayList<>(trial.configuredSecrets());
        List<String> lines;
        try (Logged logged = new Logged()) {
            trial.restart();
            for (int i = 0; i < 2; i++) {
                Issued issued = trial.issue();
                secrets.addAll(trial.secrets(issued.data()));
                trial.end(issued);
            }
            trial.restart();
            lines = logged.lines();
        }
        assertHoldNone(lines, secrets);
    }

    @Test
    void errors_holdNoSecret() throws Exception {
        Issued issued = trial.issue();
        Set<String> secrets = new HashSet<>(trial.secrets(issued.data()));
        secrets.addAll(trial.configuredSecrets());
        breakOffAtHostCalls();
        if (hasEffect()) {
            trial.bench.within(SOON, SOON);
            trial.watch.fault = Fault.ANSWER_LOST;
            trial.refused();
            trial.watch.fault = Fault.NONE;
            link().cut();
            trial.refused();
            trial.revoke(issued);
            trial.awaitFailedAttempt(issued);
        }
        trial.watch.drawn.forEach(each -> secrets.add(each.reveal()));
        assertHoldNone(trial.said, secrets);
    }

    @Test
    void config_isShownWithoutSecrets() {
        configuration().keySet().forEach(path -> assertHoldNone(List.of(trial.shown(path)), trial.configuredSecrets()));
    }

    private static void assertHoldNone(List<String> texts, Iterable<String> secrets) {
        for (String secret : secrets) {
            texts.forEach(text -> assertFalse(
                    text.contains(secret), () -> "a secret is in: " + text.replace(secret, "[the secret]")));
        }
    }
}
