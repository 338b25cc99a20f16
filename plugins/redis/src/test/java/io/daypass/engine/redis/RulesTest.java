package io.daypass.engine.redis;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "~app:*",
                "%R~app:*",
                "%RW~*",
                "&news.*",
                "+get",
                "+config|get",
                "-@all",
                "allkeys",
                "(+get",
                "~x)"
            })
    void rule_thatGivesOrTakes_isTaken(String rule) {
        assertTrue(RedisEngine.RULE.test(rule));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "on",
                "off",
                "OFF",
                "nopass",
                "resetpass",
                "reset",
                ">word",
                "<word",
                "#00",
                "!00",
                "(nopass)",
                "on)",
                "skip-sanitize-payload",
                "clearselectors",
                "app:*",
                "~",
                "%X~app:*"
            })
    void rule_aboutWhoIsLetIn_isRefused(String rule) {
        assertFalse(RedisEngine.RULE.test(rule));
    }

    @ParameterizedTest
    @ValueSource(strings = {"~* +@all", "allcommands", "+ACL", "+get +acl|setuser", "+@dangerous"})
    void rules_thatCanMakeUsers_areMighty(String rules) {
        assertTrue(RedisEngine.MIGHTY.test(rules));
    }

    @ParameterizedTest
    @ValueSource(strings = {"~app:* +@read", "~* +@all -@admin", "+@all -@dangerous", "~acl:* +get"})
    void rules_thatCanMakeNone_areNotMighty(String rules) {
        assertFalse(RedisEngine.MIGHTY.test(rules));
    }
}
