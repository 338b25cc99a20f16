package io.daypass.config;

/** A version of TLS. */
public enum TlsVersion implements Word {
    /** RFC 5246. */
    TLS_1_2("1.2"),
    /** RFC 8446. */
    TLS_1_3("1.3");

    private final String number;

    TlsVersion(String number) {
        this.number = number;
    }

    /** Its number: {@code 1.3}. */
    @Override
    public String word() {
        return number;
    }
}
