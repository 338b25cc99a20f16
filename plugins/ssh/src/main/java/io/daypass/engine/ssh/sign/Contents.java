package io.daypass.engine.ssh.sign;

import io.daypass.engine.ssh.cert.CertificateContents;
import io.daypass.engine.ssh.cert.CertificateType;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/** What a certificate will say, but for its serial, which is drawn last: nothing can fail any more then. */
record Contents(
        CertificateType type,
        String keyId,
        List<String> principals,
        Instant validAfter,
        Instant validBefore,
        SortedMap<String, String> criticalOptions,
        SortedMap<String, String> extensions) {
    CertificateContents withSerial(long serial) {
        return new CertificateContents(
                type, serial, keyId, principals, validAfter, validBefore, criticalOptions, extensions);
    }
}
