package io.daypass.cli.token;

import io.daypass.cli.command.Action;
import io.daypass.cli.command.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code token lookup}: shows what a token is. */
@Command(
        footer = {
            "  daypass token lookup",
            "  daypass token lookup --accessor ACCESSOR",
            "  daypass token lookup - < token.txt"
        })
public final class LookupToken implements Action {
    @Mixin
    private WhichToken which = new WhichToken();

    @Override
    public int run(Session session) {
        session.printer().reply(session.broker().send(which.call("lookup", session.shell())));
        return Action.ok();
    }
}
