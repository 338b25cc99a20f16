package io.daypass.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.daypass.testkit.key.KeyEngine;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Each flaw is found by the test of the contract that is named after it. (That an engine without a flaw passes them all is
 * {@link KeyContractIT}'s.)
 */
final class FlawsIT {
    @AfterEach
    void forget() {
        KeyContract.tried = KeyEngine.class;
    }

    @ParameterizedTest
    @CsvSource({
        "RevokesOnce,revoke_twice_isTheSame",
        "WantsItThere,revoke_ofWhatWasNeverMinted_succeeds",
        "NeverRevokes,issue_works_untilRevoked",
        "NeedsMemory,revoke_withTheHandleAlone_afterRestart",
        "NeedsRole,revoke_afterTheRoleIsGone",
        "TakesAwayForAbsent,revoke_whileTheTargetIsDown_isUnavailable_andSucceedsAfter",
        "ForgetsHalves,revoke_afterEveryPrefixOfAMint_leavesNothing",
        "VouchesAlways,settle_vouchesForNothing_beforeTheDeadlineHasPassed",
        "RenewsNothing,renew_tellsTheTarget",
        "OutlivesItsLease,expiry_endsIt",
        "MakesByExtending,extend_ofWhatIsGone_isRefused_andMakesNothing",
        "DraftsWithIo,draft_whileTheTargetIsDown_succeeds",
        "HidesItsIo,draft_doesNoIo",
        "HidesItsIoInAThread,draft_doesNoIo",
        "ReadsAFile,draft_doesNoIo",
        "RemembersWhatItDid,dueOnTwoBrokers_happensOnce",
        "SaysDoneTooSoon,dueInterruptedAtAnyStep_settles",
        "IgnoresTheDeadline,mint_whileTheTargetIsMute_endsByTheDeadline",
        "BlocksForEver,revoke_whileTheTargetIsMute_endsByTheDeadline",
        "ListsAllButOne,list_isComplete",
        "ReturnsAnEmptySecret,secrets_areLongAndDistinct",
        "ReturnsAShortSecret,secrets_areLongAndDistinct",
        "RepeatsItsSecret,concurrent_issuesAreAllDistinct",
        "MintsAnother,issue_works_untilRevoked",
        "LivesTooLong,issue_isLeasedWithinBounds",
        "LogsTheSecret,secrets_areNeverLogged",
        "TellsInErrors,errors_holdNoSecret",
        "LeaksAThread,close_leavesNoThread",
        "LeaksAClassLoader,reload_againAndAgain_leavesAtMostOneClassLoader",
        "KeepsTheSecretInItsHandle,secrets_areNeverStored",
        "PrintsTheSecret,secrets_printRedacted",
        "ForgotOldHandles,revoke_ofHandlesOfEarlierVersions",
        "ShowsItsPassword,config_isShownWithoutSecrets",
        "SaysNothingOfItself,everyComponent_isDocumented"
    })
    void flaw_isFoundByTheTestThatNamesIt(String flaw, String test) throws ClassNotFoundException {
        KeyContract.tried = Class.forName("io.daypass.testkit.seeded." + flaw).asSubclass(KeyEngine.class);
        assertEquals(List.of(test), failuresOf(test));
    }

    private static List<String> failuresOf(String test) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(KeyContract.class, test))
                .build();
        SummaryGeneratingListener found = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, found);
        assertEquals(1, found.getSummary().getTestsStartedCount());
        return found.getSummary().getFailures().stream()
                .map(each -> each.getTestIdentifier().getDisplayName().replace("()", ""))
                .toList();
    }
}
