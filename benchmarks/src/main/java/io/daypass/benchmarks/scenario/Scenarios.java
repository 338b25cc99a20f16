package io.daypass.benchmarks.scenario;

import io.daypass.benchmarks.Scenario;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All of them, in the order they run in. */
public final class Scenarios {
    /** The scenarios. */
    public static final List<Scenario> ALL = List.of(
            new LeasesHttp(),
            new FullTable(),
            new PgUsers(),
            new PgLive(),
            new MariaDbUsers(),
            new StartUp(),
            new PluginReload(),
            new AtOnce(),
            new MariaDbExpiry(),
            new Lateness(),
            new SshCertificates(),
            new RevocationList(),
            new HmacKeys(),
            new HmacVerify());

    private Scenarios() {}

    /** Their names. */
    public static Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        ALL.forEach(each -> names.add(each.name()));
        return names;
    }
}
