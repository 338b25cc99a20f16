package io.daypass.engine.mysql;

import io.daypass.engine.sql.Placeholders;
import io.daypass.plugin.database.NewUser;
import io.daypass.plugin.database.User;
import java.time.Instant;
import java.util.Map;

/** What placeholders stand for. Names and passwords hold neither quotes nor backslashes, so that they fit any quotes. */
final class Values {
    private Values() {}

    static Map<String, String> of(User user) {
        return Map.of(Placeholders.NAME, user.name(), Placeholders.USERNAME, user.name());
    }

    static Map<String, String> of(User user, Instant until) {
        return Map.of(
                Placeholders.NAME, user.name(),
                Placeholders.USERNAME, user.name(),
                Placeholders.EXPIRATION, Sql.bare(until));
    }

    static Map<String, String> of(NewUser user) {
        return Map.of(
                Placeholders.NAME, user.user().name(),
                Placeholders.USERNAME, user.user().name(),
                Placeholders.PASSWORD, user.password().reveal(),
                Placeholders.EXPIRATION, Sql.bare(user.expiresAt()));
    }
}
