package io.daypass.engine.mysql;

import io.daypass.plugin.EngineException;
import io.daypass.plugin.Refused;
import io.daypass.plugin.Unavailable;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLException;

/** What an error of MySQL or MariaDB means for whoever waits: its SQLSTATE and its number decide. */
final class SqlErrors {
    private static final int TOO_MANY_OF_USER = 1203;
    private static final int RESOURCES_OF_USER = 1226;
    private static final int NO_SUCH_THREAD = 1094;
    private static final int SYNTAX = 1064;

    /** Classes of SQLSTATE in which the server says no, and will say it again; OP is MariaDB's for roles. */
    private static final Set<String> REFUSED_CLASSES = Set.of("22", "23", "0A", "2B", "2D", "42", "OP");

    /**
     * The same, of those that have no state of their own (HY000): no such operation on this account, name too long,
     * password against the server's policy or of a wrong form, unknown plugin, unknown role.
     */
    private static final Set<Integer> REFUSED_NUMBERS = Set.of(1396, 1470, 1819, 1827, 1372, 1524, 3523);

    /** They pass, though their state says else. */
    private static final Set<Integer> PASSING = Set.of(TOO_MANY_OF_USER, RESOURCES_OF_USER);

    /** The connection is gone with them: shutdown, killed. */
    private static final Set<Integer> ENDING = Set.of(1053, 1080, 1927, 3169);

    /** Where a text of the statement begins, in which a password may be, whole or cut off. */
    private static final String QUOTES_STATEMENT = " near '";

    private SqlErrors() {}

    /** Whether the server said no and will say it again. Anything else is worth another try. */
    static boolean isRefusal(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return isOfServer(e)
                && !PASSING.contains(e.getErrorCode())
                && (REFUSED_NUMBERS.contains(e.getErrorCode())
                        || (state.length() == 5 && REFUSED_CLASSES.contains(state.substring(0, 2))));
    }

    /** Whether the session that this came from must not be used again. */
    static boolean endsSession(SQLException e) {
        return !isOfServer(e) || String.valueOf(e.getSQLState()).startsWith("08") || ENDING.contains(e.getErrorCode());
    }

    /** Whether the session to be ended was gone already. */
    static boolean isNoSuchSession(SQLException e) {
        return e.getErrorCode() == NO_SUCH_THREAD;
    }

    /** That no session came about, which is never a refusal of what was asked for. */
    static Unavailable notOpened(SQLException e) {
        return new Unavailable("the login was not let in: " + text(e));
    }

    /**
     * The error for the caller: the server's message, its number and SQLSTATE, never a host or a statement.
     *
     * @param secrets texts to be cut out of it
     */
    static EngineException sorted(SQLException e, Collection<String> secrets) {
        String text = text(e, secrets);
        return isRefusal(e) ? new Refused(text) : new Unavailable(text);
    }

    /** The same, where something may be left of what was begun. */
    static Unavailable unfinished(SQLException e, Collection<String> secrets) {
        return new Unavailable(text(e, secrets));
    }

    /** What an error says, without what may be secret. */
    static String text(SQLException e, Collection<String> secrets) {
        String text = text(e);
        for (String secret : secrets) {
            text = text.replace(secret, "[redacted]");
        }
        return text;
    }

    private static String text(SQLException e) {
        return message(e) + " (" + (isOfServer(e) ? "error " + e.getErrorCode() + ", " : "") + "SQLSTATE "
                + e.getSQLState() + ")";
    }

    private static String message(SQLException e) {
        String message = String.valueOf(e.getMessage());
        if (isOfServer(e)) {
            int statement = message.indexOf(QUOTES_STATEMENT);
            return e.getErrorCode() == SYNTAX || statement >= 0
                    ? (statement < 0 ? "" : message.substring(0, statement)) + " (the statement is not shown)"
                    : message;
        }
        // The driver's own texts name the host, or hold an answer that it could not read.
        if (isOfTls(e)) {
            return "TLS with the server failed: its certificate is not one that sslMode and tls_ca accept,"
                    + " or it offers none";
        }
        if (message.contains("Public Key Retrieval")) {
            return "the server wants the password over TLS alone: set sslMode";
        }
        if (message.toLowerCase(Locale.ROOT).contains("authentication plugin")) {
            return "the server asks for a way to log in that is not used here: there are mysql_native_password,"
                    + " caching_sha2_password and sha256_password";
        }
        return String.valueOf(e.getSQLState()).startsWith("08")
                ? "the server can't be reached, or doesn't answer"
                : "the driver failed";
    }

    private static boolean isOfTls(SQLException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException
                    || cause.getClass().getSimpleName().startsWith("SSLParams")) {
                return true;
            }
        }
        return false;
    }

    /** The driver gives its own errors no number. */
    private static boolean isOfServer(SQLException e) {
        return e.getErrorCode() > 0;
    }
}
