package io.daypass.broker.mount;

import io.daypass.broker.api.Call;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Route;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Mount;
import io.vertx.core.Future;

/** Serves an operation that answers nothing. */
final class Operation implements Route.Handler {
    private final MountScope scope;
    private final Mount.Run run;

    Operation(MountScope scope, Mount.Run run) {
        this.scope = scope;
        this.run = run;
    }

    @Override
    public Future<Reply> serve(Call call) {
        Deadline deadline = scope.deadlineIn(scope.parts().limits().callDeadline());
        return Work.in(scope, Work.reserve(scope, ""), deadline, () -> {
                    run.run(call::at, deadline);
                    return true;
                })
                .map(done -> Reply.none());
    }
}
