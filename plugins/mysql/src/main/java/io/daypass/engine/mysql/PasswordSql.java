package io.daypass.engine.mysql;

import io.daypass.plugin.Refused;
import io.daypass.plugin.Secret;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The statement that changes the password of all of a user's accounts, each proved as it was before.
 *
 * @param accounts with how each is proved
 * @param mariaDb whose grammar is another
 */
record PasswordSql(List<Proved> accounts, boolean mariaDb) {
    /** Where there is no password to change. */
    private static final Set<String> WITHOUT_PASSWORD =
            Set.of("unix_socket", "auth_socket", "gssapi", "named_pipe", "pam", "auth_pam_compat", "mysql_no_login");

    PasswordSql {
        accounts = List.copyOf(accounts);
    }

    /**
     * An account.
     *
     * @param plugin by which it is proved; empty: the native one
     */
    record Proved(Account account, String plugin) {
        boolean isNative() {
            return plugin.isEmpty() || plugin.equals(NativePassword.PLUGIN);
        }
    }

    /** A query for them. */
    static String query(String user) {
        return "SELECT User, Host, plugin FROM mysql.user WHERE User = " + Sql.text(user);
    }

    static PasswordSql of(List<List<String>> rows, boolean mariaDb) {
        List<Proved> accounts = rows.stream()
                .map(row -> new Proved(new Account(row.get(0), row.get(1)), row.get(2)))
                .toList();
        return new PasswordSql(accounts, mariaDb);
    }

    /** @throws Refused if there is no account, or one that has no password */
    void mustHavePasswords() {
        if (accounts.isEmpty()) {
            throw new Refused("there is no such user");
        }
        Set<String> without = new TreeSet<>();
        accounts.stream().map(Proved::plugin).filter(WITHOUT_PASSWORD::contains).forEach(without::add);
        if (!without.isEmpty()) {
            throw new Refused("the user is let in by " + String.join(" and ", without) + ", without a password");
        }
    }

    /**
     * The statement.
     *
     * @param more what else is said of them; empty: nothing
     */
    String text(Secret password, String more) {
        StringBuilder sql = new StringBuilder("ALTER USER ");
        String separator = "";
        for (Proved each : accounts) {
            sql.append(separator)
                    .append(Sql.accounts(List.of(each.account())))
                    .append(' ')
                    .append(proof(each, password));
            separator = ", ";
        }
        return sql.append(more).toString();
    }

    private String proof(Proved account, Secret password) {
        if (account.isNative()) {
            String hash = Sql.text(NativePassword.hash(password));
            return mariaDb
                    ? "IDENTIFIED VIA " + NativePassword.PLUGIN + " USING " + hash
                    : "IDENTIFIED WITH '" + NativePassword.PLUGIN + "' AS " + hash;
        }
        String plain = Sql.text(password.reveal());
        return mariaDb
                ? "IDENTIFIED VIA " + account.plugin() + " USING PASSWORD(" + plain + ")"
                : "IDENTIFIED WITH " + Sql.text(account.plugin()) + " BY " + plain;
    }
}
