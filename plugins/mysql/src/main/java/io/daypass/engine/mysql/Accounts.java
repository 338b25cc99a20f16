package io.daypass.engine.mysql;

import io.daypass.plugin.Deadline;
import io.daypass.plugin.database.User;
import java.sql.SQLException;
import java.util.List;

/** The accounts that there are. */
final class Accounts {
    private Accounts() {}

    /** Those of users, wherever they may come from. The server reads all of its accounts for this. */
    static List<Account> of(Session session, List<User> users, Deadline deadline) throws SQLException {
        String names = Sql.texts(users.stream().map(User::name).toList());
        return session.rows("SELECT User, Host FROM mysql.user WHERE User IN (" + names + ")", deadline).stream()
                .map(row -> new Account(row.get(0), row.get(1)))
                .toList();
    }

    /** A query for those among these that there are, which the server finds by their keys. */
    static String among(List<Account> accounts) {
        return "SELECT User, Host FROM mysql.user WHERE (Host, User) IN (" + Sql.rows(accounts) + ")";
    }

    /** Lets nobody log in as them. One that is not there is none to be locked. */
    static void lock(Session session, List<Account> accounts, Deadline deadline) throws SQLException {
        if (!accounts.isEmpty()) {
            session.run("ALTER USER IF EXISTS " + Sql.accounts(accounts) + " ACCOUNT LOCK", deadline);
        }
    }

    static void drop(Session session, List<Account> accounts, Deadline deadline) throws SQLException {
        if (!accounts.isEmpty()) {
            session.run("DROP USER IF EXISTS " + Sql.accounts(accounts), deadline);
        }
    }
}
