package io.daypass.engine.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.daypass.plugin.database.Database;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Each flaw of a connector is found by the test of the contract that is named after it. */
final class ConnectorFlawsIT {
    static Stream<Arguments> flaws() {
        return Stream.of(
                flaw(FlawedDatabase.ListsAllButOne::new, "users_areAllThatThereAre"),
                flaw(FlawedDatabase.DropsOnce::new, "drop_twice_isTheSame"),
                flaw(FlawedDatabase.WantsThemThere::new, "drop_ofWhatWasNeverMade_succeeds"),
                flaw(FlawedDatabase.TakesAwayForGone::new, "call_whileTheDatabaseIsDown_isUnavailable_andWorksAfter"),
                flaw(FlawedDatabase.CreatesOneByOne::new, "create_withOneThatFails_leavesNone"),
                flaw(FlawedDatabase.TellsThePassword::new, "create_thatIsRefused_leavesNothing_andTellsNoPassword"),
                flaw(FlawedDatabase.IgnoresDeadlines::new, "create_afterItsDeadlineByTheDatabasesClock_isRefusedByIt"),
                flaw(FlawedDatabase.IgnoresDeadlines::new, "call_whileTheDatabaseIsMute_endsByItsDeadline"),
                flaw(FlawedDatabase.ExtendsNothing::new, "extend_movesTheEnd_onlyLater"),
                flaw(FlawedDatabase.ExtendsNothing::new, "extend_ofWhatIsGone_isRefused_andMakesNothing"),
                flaw(FlawedDatabase.VouchesAlways::new, "settle_endsIt_andVouchesOnlyAfterTheDeadline"),
                flaw(
                        FlawedDatabase.TakesAnyDatabase::new,
                        "call_ofAnotherDatabasesUsers_isUnavailable_andTouchesNothing"),
                flaw(FlawedDatabase.SetsNoPassword::new, "setPassword_changesIt_andChangesItAgain"),
                flaw(
                        FlawedDatabase.AcceptsAny::new,
                        "setPassword_brokenOffAtEveryMessage_leavesOneOfTheTwo_andEndsTheSame"),
                flaw(FlawedDatabase.LeavesAThread::new, "close_leavesNoThread"),
                flaw(FlawedDatabase.ConnectsAtOnce::new, "open_doesNoIo"));
    }

    private static Arguments flaw(UnaryOperator<Database> flaw, String test) {
        return Arguments.of(flaw, test);
    }

    @AfterEach
    void forget() {
        ConnectorContractIT.flaw = UnaryOperator.identity();
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("flaws")
    void flaw_isFoundByTheTestThatNamesIt(UnaryOperator<Database> flaw, String test) {
        ConnectorContractIT.flaw = flaw;
        assertEquals(ConnectorContractIT.VERSIONS, failures(test), "tests that found it");
    }

    private static long failures(String test) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(ConnectorContractIT.class, test))
                .build();
        SummaryGeneratingListener found = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, found);
        return found.getSummary().getTestsFailedCount();
    }
}
