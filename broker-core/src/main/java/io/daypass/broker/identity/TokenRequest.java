package io.daypass.broker.identity;

import io.daypass.broker.api.ApiException;
import io.daypass.broker.api.Params;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked for when a token is made.
 *
 * @param id a text of the creator's own to be the token
 * @param policies what it may do; none: what its creator may
 * @param meta kept beside it
 * @param orphan whether it hangs from nobody
 * @param withoutDefault whether the policy {@code default} is left out
 * @param renewable whether it can be renewed
 * @param ttl zero: the system's default
 * @param explicitMaxTtl zero: none
 * @param period zero: not periodic
 * @param numUses 0: as often as one likes
 * @param displayName what follows the creator's
 */
record TokenRequest(
        Optional<String> id,
        List<String> policies,
        Map<String, String> meta,
        boolean orphan,
        boolean withoutDefault,
        boolean renewable,
        Duration ttl,
        Duration explicitMaxTtl,
        Duration period,
        int numUses,
        String displayName) {
    private static final int LONGEST = 256;
    private static final int MOST_META = 64 * 1024;

    /** Reads it from a body. */
    static TokenRequest of(Params params) {
        String type = params.text("type").orElse("service");
        if (type.equals("batch")) {
            throw ApiException.badRequest("type: batch tokens are not supported yet; ask for type=service");
        }
        if (!type.equals("service") && !type.isEmpty()) {
            throw ApiException.badRequest("type: only \"service\" is known");
        }
        params.text("entity_alias");
        Optional<String> id = params.line("id", LONGEST).filter(text -> !text.isEmpty());
        id.ifPresent(TokenRequest::checkId);
        return new TokenRequest(
                id,
                params.list("policies").stream().map(TokenRequest::policy).toList(),
                meta(params),
                params.flag("no_parent", false),
                params.flag("no_default_policy", false),
                params.flag("renewable", true),
                params.duration("ttl").or(() -> params.duration("lease")).orElse(Duration.ZERO),
                params.duration("explicit_max_ttl").orElse(Duration.ZERO),
                params.duration("period").orElse(Duration.ZERO),
                params.count("num_uses").orElse(0),
                params.line("display_name", 64).orElse(""));
    }

    /** Policies are written in small letters, whatever they were named with. */
    private static String policy(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /** A row is kept in memory while its token is in use, so what its creator writes into it is bounded. */
    private static Map<String, String> meta(Params params) {
        Map<String, String> meta = params.map("meta");
        long size = meta.entrySet().stream()
                .mapToLong(
                        member -> member.getKey().length() + member.getValue().length())
                .sum();
        if (size > MOST_META) {
            throw ApiException.badRequest("meta: it is longer than " + MOST_META + " characters in all");
        }
        return meta;
    }

    private static void checkId(String id) {
        if (id.startsWith("d.")) {
            throw ApiException.badRequest("id: it must not begin with \"d.\", as the tokens made here do");
        }
        if (!id.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw ApiException.badRequest("id: only printable ASCII characters without spaces can travel in a header");
        }
    }
}
