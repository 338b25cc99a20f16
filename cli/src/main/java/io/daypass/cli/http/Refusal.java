package io.daypass.cli.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.cli.shell.Display;
import io.daypass.cli.shell.Exit;
import io.daypass.cli.shell.Failure;
import java.util.ArrayList;
import java.util.List;

/** Says what an error of the broker means, and what to do about it. */
public final class Refusal {
    private Refusal() {}

    /** The failure that an error of the broker is. */
    static Failure of(Call call, Reply reply, Target target) {
        String what = "can't " + call.verb().word() + " " + Display.line(call.path()) + ": " + said(reply);
        return Failure.of(exit(reply.status()), what, next(call, reply, target).toArray(String[]::new));
    }

    /** What a status ends the process with. */
    static Exit exit(int status) {
        return switch (status) {
            case 401, 403 -> Exit.DENIED;
            case 404 -> Exit.NOT_FOUND;
            case 429, 503 -> Exit.BUSY;
            default -> Exit.REMOTE;
        };
    }

    /** The broker's own words, with its status. */
    public static String said(Reply reply) {
        List<String> errors = new ArrayList<>();
        for (JsonNode error : reply.body().path("errors")) {
            errors.add(Display.line(error.asText()));
        }
        if (!errors.isEmpty()) {
            return String.join("; ", errors) + " (" + reply.status() + ")";
        }
        return switch (reply.status()) {
            case 403 -> "permission denied (403)";
            case 404 -> "there is nothing there (404)";
            case 405 -> "that can't be done to this path (405)";
            case 503 -> "the broker is sealed or not ready (503)";
            default -> "the broker answered " + reply.status();
        };
    }

    private static List<String> next(Call call, Reply reply, Target target) {
        List<String> next = new ArrayList<>();
        switch (reply.status()) {
            case 301, 302, 303, 307, 308 ->
                next.add("redirects aren't followed, since a token would go with them; use"
                        + " the address that the broker itself has");
            case 401, 403 -> denied(call, target, next);
            // With a reason, it is the path that leads nowhere; without, what would be there is not.
            case 404 -> missing(call, reply, next);
            case 400 -> asked(call, next);
            case 429 -> next.add("try again in a second");
            case 502 -> next.add("the target behind the mount did not do its part; the broker's log says more");
            case 503 -> next.add("daypass status");
            default -> {}
        }
        return next;
    }

    private static void missing(Call call, Reply reply, List<String> next) {
        if (reply.body().path("errors").isEmpty()) {
            next.add("daypass list " + parent(call.path()));
        } else {
            next.add(call.path().equals("sys/leases/who") ? "daypass lease list" : "daypass secrets list");
        }
    }

    /** What there is, where something was named that may not be there, or be there already. */
    private static void asked(Call call, List<String> next) {
        int creds = call.path().lastIndexOf("/creds/");
        if (creds > 0) {
            next.add("daypass list " + Display.line(call.path().substring(0, creds)) + "/roles");
        } else if (call.path().startsWith("sys/mounts/")) {
            next.add("daypass secrets list");
        } else if (call.path().startsWith("sys/leases/")) {
            next.add("daypass lease list");
        }
    }

    private static void denied(Call call, Target target, List<String> next) {
        if (target.bearer() == null) {
            next.add("no token was sent; set DAYPASS_TOKEN, or see: daypass context show --origin");
            return;
        }
        next.add("the token is unknown or has ended, or no policy of it says yes: daypass token lookup");
        next.add("a policy that would allow it has this stanza:");
        next.addAll(Stanza.of(call));
    }

    private static String parent(String path) {
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        int slash = trimmed.lastIndexOf('/');
        return slash < 0 ? "sys/mounts" : Display.line(trimmed.substring(0, slash));
    }
}
