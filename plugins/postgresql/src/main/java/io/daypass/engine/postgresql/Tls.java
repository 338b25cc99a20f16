package io.daypass.engine.postgresql;

/** How a connection is protected if its URL doesn't say. */
final class Tls {
    private Tls() {}

    /**
     * @param sslmode of the URL; empty: not given
     * @param ca certificates that the server's must descend from; empty: none given
     * @return one of libpq's modes
     */
    static String mode(String sslmode, String ca) {
        if (!sslmode.isEmpty()) {
            return sslmode;
        }
        return ca.isEmpty() ? "prefer" : "verify-full";
    }
}
