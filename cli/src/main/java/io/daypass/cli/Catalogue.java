package io.daypass.cli;

import io.daypass.cli.basic.Delete;
import io.daypass.cli.basic.ListKeys;
import io.daypass.cli.basic.Read;
import io.daypass.cli.basic.Status;
import io.daypass.cli.basic.Version;
import io.daypass.cli.basic.Write;
import io.daypass.cli.secrets.Disable;
import io.daypass.cli.secrets.Enable;
import io.daypass.cli.secrets.ListMounts;
import io.daypass.cli.secrets.Move;
import io.daypass.cli.secrets.Tune;
import java.util.List;

/** All commands, in the order in which help shows them. */
final class Catalogue {
    /** All of them. */
    static final List<Entry> ENTRIES = List.of(
            new Entry("status", "Show whether the broker is there, and open", Status::new),
            new Entry("read", "Read a path; credentials are minted by reading", Read::new),
            new Entry("write", "Write to a path", Write::new),
            new Entry("list", "List what is below a path", ListKeys::new),
            new Entry("delete", "Delete what is at a path", Delete::new),
            new Entry("secrets enable", "Mount an engine", Enable::new),
            new Entry("secrets list", "Show which engines are mounted where", ListMounts::new),
            new Entry("secrets tune", "Show or change a mount's limits", Tune::new),
            new Entry("secrets disable", "Unmount an engine, revoking its leases", Disable::new),
            new Entry("secrets move", "Refused; says what to do instead", Move::new),
            new Entry("version", "Show the version of this command", Version::new));

    private Catalogue() {}
}
