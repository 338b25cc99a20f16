package io.daypass.cli.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.daypass.cli.shell.Display;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The stanza that a policy needs for a call to be allowed. */
final class Stanza {
    private static final Set<String> SUDO = Set.of(
            "sys/leases",
            "sys/leases/query",
            "sys/leases/count",
            "sys/leases/tidy",
            "sys/seal",
            "auth/token/accessors",
            "auth/token/create-orphan",
            "auth/token/revoke-orphan");
    private static final List<String> SUDO_BELOW =
            List.of("sys/leases/revoke-prefix/", "sys/leases/revoke-force/", "sys/revoke-prefix/", "sys/revoke-force/");

    private Stanza() {}

    /** Its lines. */
    static List<String> of(Call call) {
        String sudo = needsSudo(call) ? ", \"sudo\"" : "";
        return List.of(
                "  path \"" + Display.line(call.path()).replace("\\", "\\\\").replace("\"", "\\\"") + "\" {",
                "    capabilities = [" + call.verb().capabilities() + sudo + "]",
                "  }");
    }

    private static boolean needsSudo(Call call) {
        String path =
                call.path().endsWith("/") ? call.path().substring(0, call.path().length() - 1) : call.path();
        return SUDO.contains(path)
                || SUDO_BELOW.stream().anyMatch(path::startsWith)
                || (call.verb() == Verb.LIST && (path + "/").startsWith("sys/leases/lookup/"))
                || (call.verb() != Verb.READ && path.startsWith("sys/plugins/catalog/"))
                || (path.equals("auth/token/create") && asksForMore(call.body()));
    }

    /** What only sudo may ask of a new token. */
    private static boolean asksForMore(@Nullable JsonNode body) {
        return body != null && (body.has("no_parent") || body.has("period") || body.has("id"));
    }
}
