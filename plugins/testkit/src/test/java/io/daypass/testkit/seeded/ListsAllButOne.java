package io.daypass.testkit.seeded;

import io.daypass.plugin.Deadline;
import io.daypass.testkit.key.KeyEngine;
import java.util.List;

/** One that is there is not listed. */
public final class ListsAllButOne extends KeyEngine {
    @Override
    protected List<String> list(String target, Deadline deadline) throws Exception {
        return super.list(target, deadline).stream()
                .filter(name -> name.startsWith("d-"))
                .sorted()
                .skip(1)
                .toList();
    }
}
