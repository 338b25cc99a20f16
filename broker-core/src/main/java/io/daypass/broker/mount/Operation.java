package io.daypass.broker.mount;

import io.daypass.broker.api.Call;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Route;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Mount;
import io.vertx.core.Future;
import java.util.List;

/** Serves an operation that answers nothing. One that names a target runs in that target's lane. */
final class Operation implements Route.Handler {
    private final MountScope scope;
    private final Mount.Run run;
    private final List<HostTable<?>> tables;

    /** @param tables of the mount, all of them once it is open */
    Operation(MountScope scope, Mount.Run run, List<HostTable<?>> tables) {
        this.scope = scope;
        this.run = run;
        this.tables = tables;
    }

    @Override
    public Future<Reply> serve(Call call) {
        Deadline deadline = scope.deadlineIn(scope.parts().limits().callDeadline());
        return Work.in(scope, Work.reserve(scope, target(call)), deadline, () -> {
                    run.run(call::at, deadline);
                    return true;
                })
                .map(done -> Reply.none());
    }

    private String target(Call call) {
        return call.variables().values().stream()
                .filter(name -> tables.stream().anyMatch(table -> table.areTargets() && table.has(name)))
                .findFirst()
                .orElse("");
    }
}
