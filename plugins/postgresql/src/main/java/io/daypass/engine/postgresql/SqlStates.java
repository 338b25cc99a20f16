package io.daypass.engine.postgresql;

import io.daypass.plugin.EngineException;
import io.daypass.plugin.Refused;
import io.daypass.plugin.Unavailable;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What an error of PostgreSQL means for whoever waits: its SQLSTATE decides. */
final class SqlStates {
    /** Our own: the mint's deadline has passed by the server's clock. */
    static final String TOO_LATE = "DP001";
    /** Our own: the role's statements made no such user. */
    static final String NOT_MADE = "DP002";
    /** Our own: the end that was set is not the end that is there. */
    static final String END_NOT_SET = "DP003";
    /** Our own: sessions are still there. */
    static final String SESSIONS_REMAIN = "DP004";
    /** Our own: there is no such user to extend. */
    static final String ABSENT = "DP006";

    /** Our own: nobody could log in with what a rotation sets. */
    static final String LOCKED_OUT = "DP007";

    private static final String DEPENDENTS = "2BP01";
    private static final Set<String> REFUSED_CLASSES = Set.of("22", "23", "0A", "2B", "2D", "42", "P0");
    private static final Set<String> REFUSED_STATES = Set.of("25001", NOT_MADE, ABSENT, LOCKED_OUT);

    private SqlStates() {}

    /** Whether the server said no and will say it again. Anything else is worth another try. */
    static boolean isRefusal(@Nullable String state) {
        return state != null
                && state.length() == 5
                && (REFUSED_STATES.contains(state) || REFUSED_CLASSES.contains(state.substring(0, 2)));
    }

    /**
     * Whether two statements met in the catalog, all of this one was rolled back, and the next try may well go through.
     */
    static boolean isCollision(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.equals("40001")
                || state.equals("40P01")
                || (state.equals("XX000") && isCatalogCollision(message(e)));
    }

    /** Whether the session that this came from must not be used again. */
    static boolean endsSession(SQLException e) {
        String state = e.getSQLState();
        return state == null
                || server(e) == null
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.equals("25P03");
    }

    /** Whether this login doesn't get in: absent, or with another password. */
    static boolean isLoginRefused(SQLException e) {
        return server(e) != null && String.valueOf(e.getSQLState()).startsWith("28");
    }

    /**
     * The error for the caller: the server's primary message and its SQLSTATE, never DETAIL, position or host.
     *
     * @param secrets texts to be cut out of it
     */
    static EngineException sorted(SQLException e, Collection<String> secrets) {
        String text = message(e);
        for (String secret : secrets) {
            text = text.replace(secret, "[redacted]");
        }
        return sorted(e, text);
    }

    /**
     * The error for the operator who wonders why a user is still there: with DETAIL, if it says what depends on the user,
     * and in which database.
     */
    static EngineException whyNotDropped(SQLException e) {
        String detail = DEPENDENTS.equals(e.getSQLState()) ? detail(e) : null;
        return sorted(e, detail == null ? message(e) : message(e) + ": " + detail);
    }

    private static EngineException sorted(SQLException e, String text) {
        String full = text + " (SQLSTATE " + e.getSQLState() + ")";
        return isRefusal(e.getSQLState()) && server(e) != null ? new Refused(full) : new Unavailable(full);
    }

    private static @Nullable String detail(SQLException e) {
        ServerErrorMessage message = server(e);
        return message == null ? null : message.getDetail();
    }

    private static String message(SQLException e) {
        ServerErrorMessage message = server(e);
        if (message != null && message.getMessage() != null) {
            return message.getMessage();
        }
        // The driver's own texts name the host, or hold an answer that it could not read.
        if (isOfTls(e)) {
            return "TLS with PostgreSQL failed: its certificate is not one that sslmode and tls_ca accept";
        }
        return String.valueOf(e.getSQLState()).startsWith("08")
                ? "PostgreSQL can't be reached, or doesn't answer"
                : "the PostgreSQL driver failed";
    }

    private static boolean isOfTls(SQLException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCatalogCollision(String message) {
        return message.contains("tuple concurrently") || message.contains("could not find tuple");
    }

    private static @Nullable ServerErrorMessage server(SQLException e) {
        return e instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
    }
}
