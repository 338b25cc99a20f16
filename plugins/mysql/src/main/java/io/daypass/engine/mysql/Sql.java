package io.daypass.engine.mysql;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Values as MySQL writes them in a statement. All of this needs the {@code sql_mode} that every {@link Session} starts
 * with. Statements are put together as text since those about users take no parameters.
 */
final class Sql {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter TOLD = new DateTimeFormatterBuilder()
            .append(SECONDS)
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .toFormatter();

    private Sql() {}

    /** A string. */
    static String text(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    /** Strings with commas between them. */
    static String texts(Collection<String> values) {
        return values.stream().map(Sql::text).collect(Collectors.joining(","));
    }

    /** Accounts with commas between them. */
    static String accounts(Collection<Account> accounts) {
        return accounts.stream()
                .map(each -> text(each.user()) + "@" + text(each.host()))
                .collect(Collectors.joining(","));
    }

    /** Accounts as rows of (Host, User), by which the server finds them without reading all. */
    static String rows(Collection<Account> accounts) {
        return accounts.stream()
                .map(each -> "(" + text(each.host()) + "," + text(each.user()) + ")")
                .collect(Collectors.joining(","));
    }

    /** An instant without quotes, in UTC and whole seconds. */
    static String bare(Instant value) {
        return SECONDS.format(value.atOffset(ZoneOffset.UTC));
    }

    /** What {@code UTC_TIMESTAMP(6)} told, as a text. */
    static Instant told(String text) {
        return LocalDateTime.parse(text, TOLD).toInstant(ZoneOffset.UTC);
    }
}
