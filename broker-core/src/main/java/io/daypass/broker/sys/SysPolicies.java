package io.daypass.broker.sys;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Call;
import io.daypass.broker.api.Params;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Route;
import io.daypass.broker.api.Verb;
import io.daypass.broker.policy.Authorizer;
import io.daypass.broker.policy.Capability;
import io.daypass.broker.policy.Policies;
import io.daypass.broker.policy.Policy;
import io.daypass.broker.policy.PolicyException;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code sys/policies/acl} and the older {@code sys/policy}. */
public final class SysPolicies {
    private static final int LONGEST_NAME = 128;

    private final Policies policies;
    private final Authorizer authorizer;

    /**
     * @param policies in force
     * @param authorizer who says what a caller may
     */
    public SysPolicies(Policies policies, Authorizer authorizer) {
        this.policies = policies;
        this.authorizer = authorizer;
    }

    /** The routes. */
    public Stream<Route> routes() {
        return Stream.of(
                Route.of(Verb.LIST, "sys/policies/acl", call -> list(false)),
                Route.of(Verb.READ, "sys/policies/acl/{name}", call -> read(call, "policy")),
                writing("sys/policies/acl/{name}"),
                Route.of(Verb.DELETE, "sys/policies/acl/{name}", this::remove),
                Route.of(Verb.LIST, "sys/policy", call -> list(true)),
                Route.of(Verb.READ, "sys/policy", call -> list(true)),
                Route.of(Verb.READ, "sys/policy/{name}", call -> read(call, "rules")),
                writing("sys/policy/{name}"),
                Route.of(Verb.DELETE, "sys/policy/{name}", this::remove));
    }

    private Route writing(String pattern) {
        return Route.of(Verb.WRITE, pattern, this::write)
                .creatingUnless(variables ->
                        policies.find(lower(variables.getOrDefault("name", ""))).isPresent());
    }

    private Future<Reply> list(boolean legacy) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        policies.names().forEach(data.putArray("keys")::add);
        if (legacy) {
            policies.names().forEach(data.putArray("policies")::add);
        }
        return Future.succeededFuture(legacy ? Reply.legacy(data) : Reply.data(data));
    }

    private Future<Reply> read(Call call, String member) {
        String name = name(call, Capability.READ);
        Policy policy = policies.find(name).orElseThrow(ApiException::notFound);
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("name", name);
        data.put(member, policy.text());
        if (member.equals("rules")) {
            data.put("policy", policy.text());
            return Future.succeededFuture(Reply.legacy(data));
        }
        return Future.succeededFuture(Reply.data(data));
    }

    private Future<Reply> write(Call call) {
        boolean known = policies.find(lower(call.at("name"))).isPresent();
        String name = changeable(call, known ? Capability.UPDATE : Capability.CREATE);
        Params.checkLine("name", name, LONGEST_NAME);
        Params params = new Params(call.request().body());
        String text = params.text("policy")
                .or(() -> params.text("rules"))
                .filter(given -> !given.isBlank())
                .orElseThrow(() -> ApiException.badRequest("policy: it is required; send the policy's text"));
        try {
            return policies.write(name, plain(text)).map(done -> Reply.none().warnings(params.unknown()));
        } catch (PolicyException unreadable) {
            throw ApiException.badRequest(
                    "policy " + name + ": " + unreadable.getMessage() + (known ? " (the policy in force stays)" : ""));
        }
    }

    private Future<Reply> remove(Call call) {
        String name = changeable(call, Capability.DELETE);
        if (name.equals(Policy.DEFAULT_NAME)) {
            throw ApiException.badRequest("the policy default can't be deleted; write another text for it");
        }
        return policies.remove(name).map(done -> Reply.none());
    }

    private String changeable(Call call, Capability needed) {
        String name = name(call, needed);
        if (name.equals(Policy.ROOT.name())) {
            throw ApiException.badRequest("the policy root can't be changed");
        }
        return name;
    }

    /**
     * The name in small letters, which is the policy's whatever the request wrote. The caller must be allowed as much
     * there as where it was written: else {@code acl/Admin} would get around a {@code deny} on {@code acl/admin}.
     */
    private String name(Call call, Capability needed) {
        String written = call.at("name");
        String name = lower(written);
        String path = call.request().pathText();
        String there = path.substring(0, path.length() - written.length()) + name;
        if (!name.equals(written) && !authorizer.allows(call.caller(), needed, there)) {
            throw ApiException.denied();
        }
        return name;
    }

    /** Vault's clients may send the text as base64. */
    private static String plain(String text) {
        if (text.indexOf('{') >= 0 || text.indexOf(' ') >= 0) {
            return text;
        }
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return text;
        }
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
