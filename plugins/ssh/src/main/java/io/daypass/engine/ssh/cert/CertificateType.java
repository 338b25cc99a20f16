package io.daypass.engine.ssh.cert;

import java.util.Locale;

/** Whether a certificate is for people or for hosts: their number on the wire. */
public enum CertificateType {
    /** For who logs in. */
    USER(1),
    /** For what is logged in to. */
    HOST(2);

    private final int number;

    CertificateType(int number) {
        this.number = number;
    }

    /** Its number on the wire. */
    public int number() {
        return number;
    }

    /** As in requests: {@code user} or {@code host}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
