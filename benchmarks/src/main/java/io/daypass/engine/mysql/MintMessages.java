package io.daypass.engine.mysql;

import io.daypass.plugin.database.NewUser;
import io.daypass.plugin.database.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The messages by which the broker creates users, for the yardstick that sends them without a broker. They are in the
 * plugin's package, since most of their text is made there and is nobody else's business otherwise.
 */
public final class MintMessages {
    private MintMessages() {}

    /**
     * Writes them, as the plugin does for each list: the locks, the time, who is there already, the role's statements,
     * who is there now, and the locks again.
     *
     * @param creation the role's statements
     * @param users to be created in one go
     */
    public static List<String> of(List<String> creation, List<NewUser> users) {
        RoleSql statements = RoleSql.of(creation);
        List<Account> accounts = users.stream()
                .flatMap(user -> statements.hosts().stream()
                        .map(host -> new Account(user.user().name(), host)))
                .toList();
        List<String> locks = users.stream()
                .map(NewUser::user)
                .map(User::lockKey)
                .sorted()
                .map(key -> String.format(Locale.ROOT, "'daypass-%016x'", key))
                .toList();
        List<Map<String, String>> values = users.stream().map(Values::of).toList();
        List<String> messages = new ArrayList<>();
        messages.add("SELECT " + joined(locks, "GET_LOCK(", ", 0)", ", "));
        messages.add("SELECT CAST(UTC_TIMESTAMP(6) AS CHAR)");
        messages.add(Accounts.among(accounts));
        for (RoleStatement each : statements.statements()) {
            messages.addAll(UserList.filled(each, values));
        }
        messages.add(Accounts.among(accounts));
        messages.add("SELECT COALESCE(" + joined(locks, "RELEASE_LOCK(", ")", " + ") + ", 0)");
        return messages;
    }

    private static String joined(List<String> locks, String before, String after, String between) {
        return locks.stream().map(lock -> before + lock + after).collect(Collectors.joining(between));
    }
}
