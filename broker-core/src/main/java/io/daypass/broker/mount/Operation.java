package io.daypass.broker.mount;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Call;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Route;
import io.daypass.broker.mount.bind.Binder;
import io.daypass.broker.mount.lane.Lanes;
import io.daypass.plugin.Deadline;
import io.daypass.plugin.Mount;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Serves what an engine does on its lane. What names a target runs in that target's lane; what anybody may ask for without
 * a token runs in one that only strangers wait in, so that however many they are, they hold up nobody else.
 */
final class Operation implements Route.Handler {
    private final MountScope scope;
    private final Form form;
    private final List<HostTable<?>> tables;
    private final @Nullable String lane;

    private Operation(MountScope scope, Form form, List<HostTable<?>> tables) {
        this(scope, form, tables, null);
    }

    /** @param lane null: that of the target that the path names */
    private Operation(MountScope scope, Form form, List<HostTable<?>> tables, @Nullable String lane) {
        this.scope = scope;
        this.form = form;
        this.tables = tables;
        this.lane = lane;
    }

    /** The same for anybody. */
    Operation opened() {
        return new Operation(scope, form, tables, Lanes.STRANGERS);
    }

    /** Reads a request before it is served. */
    @FunctionalInterface
    private interface Form {
        /** @throws ApiException 400 if the body can't be served */
        Step read(Call call);
    }

    /** A request that was read. */
    @FunctionalInterface
    private interface Step {
        /** Empty: 404. */
        Optional<Reply> run(Mount.Call call, Deadline deadline) throws Exception;
    }

    /**
     * What answers nothing.
     *
     * @param tables of the mount, all of them once it is open
     */
    static Operation of(MountScope scope, Mount.Run run, List<HostTable<?>> tables) {
        return new Operation(
                scope,
                asked -> (call, deadline) -> {
                    run.run(call, deadline);
                    return Optional.of(Reply.none());
                },
                tables);
    }

    /** What has parameters and an answer. */
    static <P extends Record, A extends Record> Operation of(
            MountScope scope, Class<P> params, Class<A> answer, Mount.Action<P, A> action, List<HostTable<?>> tables) {
        Binder<P> in = new Binder<>(params);
        Binder<A> out = new Binder<>(answer);
        return new Operation(
                scope,
                asked -> {
                    Set<String> variables = asked.variables().keySet();
                    Binder.Bound<P> bound = in.bind(asked.request().body(), null, variables);
                    return (call, deadline) -> {
                        ObjectNode data = out.answered(action.run(call, bound.value(), deadline));
                        return Optional.of(Reply.data(data).warnings(bound.warnings()));
                    };
                },
                tables);
    }

    /** What is only read. */
    static <A extends Record> Operation of(
            MountScope scope, Class<A> answer, Mount.Read<A> read, List<HostTable<?>> tables) {
        Binder<A> out = new Binder<>(answer);
        return new Operation(
                scope,
                asked -> (call, deadline) -> read.read(call, deadline).map(value -> Reply.data(out.shown(value))),
                tables);
    }

    /** What is read with its secrets, from what the mount keeps. */
    static <A extends Record> Operation revealing(MountScope scope, Class<A> answer, Mount.Read<A> read) {
        Binder<A> out = new Binder<>(answer);
        return new Operation(
                scope,
                asked -> (call, deadline) -> read.read(call, deadline).map(value -> Reply.data(out.answered(value))),
                List.of(),
                "");
    }

    @Override
    public Future<Reply> serve(Call call) {
        Step step = form.read(call);
        Deadline deadline = scope.deadlineIn(scope.parts().limits().callDeadline());
        Mount.Call path = variable -> variable(call.variables(), variable);
        return Work.in(scope, Work.reserve(scope, target(call)), deadline, () -> step.run(path, deadline))
                .map(reply -> reply.orElseThrow(ApiException::notFound));
    }

    /**
     * A variable of a path.
     *
     * @throws IllegalArgumentException if the path has none of that name
     */
    static String variable(Map<String, String> variables, String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the path has no {" + name + "}");
        }
        return value;
    }

    private String target(Call call) {
        if (lane != null) {
            return lane;
        }
        for (Map.Entry<String, String> variable : call.variables().entrySet()) {
            for (HostTable<?> table : tables) {
                if (table.what().equals(variable.getKey()) && table.has(variable.getValue())) {
                    return table.lane(variable.getValue());
                }
            }
        }
        return "";
    }
}
