package io.daypass.cli.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.cli.command.Pairs;
import io.daypass.cli.http.Call;
import io.daypass.cli.http.Json;
import io.daypass.cli.http.Verb;
import io.daypass.cli.shell.Failure;
import io.daypass.cli.shell.Shell;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which token is meant: the caller's own, one that is given, or one by its accessor. */
public final class WhichToken {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "TOKEN",
            description = "the token, - to read it from stdin, or its accessor with --accessor; else the caller's own")
    private @Nullable String given;

    @Option(names = "--accessor", description = "what is given is an accessor, which names a token without being it")
    private boolean accessor;

    @Option(names = "--self", description = "the caller's own token")
    private boolean self;

    /** Whether the caller's own token is meant. */
    boolean isSelf() {
        return given == null;
    }

    /** Whether anything was said at all. */
    boolean isSaid() {
        return self || given != null;
    }

    /**
     * What is to be sent.
     *
     * @param action such as {@code lookup}
     */
    Call call(String action, Shell shell) {
        if ((accessor && given == null) || (self && given != null)) {
            throw Failure.usage(
                    accessor ? "--accessor wants the accessor" : "--self and another token were given",
                    "daypass token " + action + " --help");
        }
        String at = "auth/token/" + action + (accessor ? "-accessor" : isSelf() ? "-self" : "");
        if (isSelf() && action.equals("lookup")) {
            return Call.read(at);
        }
        ObjectNode body = Json.object();
        if (given != null) {
            String text = given.equals("-") ? Pairs.text("-", shell).strip() : given;
            body.put(accessor ? "accessor" : "token", text);
        }
        return new Call(Verb.WRITE, at, Map.of(), body);
    }
}
