package io.daypass.lease.sqlite;

import io.daypass.lease.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's errors mean to an operator. */
final class Failures {
    /** By what the index of SQLite's write-ahead log grows, in bytes. */
    private static final long SMALLEST_GROWTH = 32_768;

    private Failures() {}

    /** A text for the operator in place of the driver's. */
    static StoreException explain(String doing, Path file, SQLException error) {
        return new StoreException(doing + " failed: " + advice(file, error), error);
    }

    /** Whether the file itself can't be used, so that trying the changes of a batch one by one leads nowhere. */
    static boolean isOfTheFile(SQLException error) {
        return switch (primary(error)) {
            case SQLITE_FULL, SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_READONLY, SQLITE_CANTOPEN -> true;
            default -> false;
        };
    }

    private static String advice(Path file, SQLException error) {
        return switch (primary(error)) {
            case SQLITE_FULL -> full(file);
            // Where the log's index can't grow, SQLite says only that much.
            case SQLITE_IOERR -> hasRoom(file) ? unreadable(file, error) : full(file);
            case SQLITE_CORRUPT ->
                file + " is damaged (" + error.getMessage()
                        + "); stop the broker, keep a copy of the directory, and restore a backup";
            case SQLITE_NOTADB ->
                file + " is not a database, or its header is unreadable; if the path is right,"
                        + " keep a copy of the directory and restore a backup";
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM ->
                file + " can't be opened for writing by this user; check its owner, its mode (600) and the mount";
            case SQLITE_BUSY, SQLITE_LOCKED ->
                "another process has a lock on " + file + "; no other program may have it open for writing";
            default -> String.valueOf(error.getMessage());
        };
    }

    private static String unreadable(Path file, SQLException error) {
        return "reading or writing " + file + " failed (" + error.getMessage()
                + "); look at the disk and at the kernel's log";
    }

    private static String full(Path file) {
        return "the disk that holds " + file + " is full; free some space, nothing else is needed";
    }

    private static boolean hasRoom(Path file) {
        return file.toFile().getUsableSpace() > SMALLEST_GROWTH;
    }

    private static SQLiteErrorCode primary(SQLException error) {
        if (!(error instanceof SQLiteException sqlite)) {
            return SQLiteErrorCode.UNKNOWN_ERROR;
        }
        return SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xff);
    }
}
