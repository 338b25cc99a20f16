package io.daypass.broker.sys;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Call;
import io.daypass.broker.api.Params;
import io.daypass.broker.api.Reply;
import io.daypass.broker.api.Route;
import io.daypass.broker.api.Verb;
import io.daypass.broker.policy.PasswordPolicies;
import io.daypass.broker.policy.PasswordPolicy;
import io.vertx.core.Future;
import java.util.stream.Stream;

/** {@code sys/policies/password}: how passwords are made. */
public final class SysPasswordPolicies {
    private static final int LONGEST_NAME = 128;
    private static final int DEFAULT_LENGTH = 32;
    private static final String DEFAULT_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final PasswordPolicies policies;

    /** @param policies in force */
    public SysPasswordPolicies(PasswordPolicies policies) {
        this.policies = policies;
    }

    /** The routes. */
    public Stream<Route> routes() {
        return Stream.of(
                Route.of(Verb.LIST, "sys/policies/password", this::list),
                Route.of(Verb.READ, "sys/policies/password/{name}", this::read),
                Route.of(Verb.WRITE, "sys/policies/password/{name}", this::write)
                        .creatingUnless(variables -> policies.find(variables.getOrDefault("name", ""))
                                .isPresent()),
                Route.of(Verb.DELETE, "sys/policies/password/{name}", this::remove));
    }

    private Future<Reply> list(Call call) {
        return Future.succeededFuture(SysLeases.keys(policies.names()));
    }

    private Future<Reply> read(Call call) {
        PasswordPolicy policy = policies.find(call.at("name")).orElseThrow(ApiException::notFound);
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("length", policy.length());
        data.put("alphabet", policy.alphabet());
        return Future.succeededFuture(Reply.data(data));
    }

    private Future<Reply> write(Call call) {
        String name = call.at("name");
        Params.checkLine("name", name, LONGEST_NAME);
        Params params = new Params(call.request().body());
        if (params.has("policy")) {
            throw ApiException.badRequest(
                    "policy: rules in HCL are not read here; send length and alphabet instead, such as length=40");
        }
        try {
            PasswordPolicy policy = new PasswordPolicy(
                    params.count("length").orElse(DEFAULT_LENGTH),
                    params.text("alphabet").orElse(DEFAULT_ALPHABET));
            return policies.write(name, policy).map(done -> Reply.none().warnings(params.unknown()));
        } catch (IllegalArgumentException unfit) {
            throw ApiException.badRequest(String.valueOf(unfit.getMessage()));
        }
    }

    private Future<Reply> remove(Call call) {
        return policies.remove(call.at("name")).map(done -> Reply.none());
    }
}
