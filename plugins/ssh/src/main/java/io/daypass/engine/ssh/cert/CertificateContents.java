package io.daypass.engine.ssh.cert;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a certificate says, besides whose key it is for and who signed it.
 *
 * @param type for people or hosts
 * @param serial without sign, not 0, which a revocation list can't name
 * @param keyId what sshd logs
 * @param principals who it may log in as, or what the host is called; never empty here, since that means "anybody"
 * @param validAfter whole seconds, since 1970
 * @param validBefore whole seconds; at that second it is no longer valid
 * @param criticalOptions what a server must understand or refuse, by name, in the order of bytes
 * @param extensions what a server may grant, by name, in the order of bytes
 */
public record CertificateContents(
        CertificateType type,
        long serial,
        String keyId,
        List<String> principals,
        Instant validAfter,
        Instant validBefore,
        SortedMap<String, String> criticalOptions,
        SortedMap<String, String> extensions) {
    public CertificateContents {
        principals = List.copyOf(principals);
        criticalOptions = Collections.unmodifiableSortedMap(new TreeMap<>(criticalOptions));
        extensions = Collections.unmodifiableSortedMap(new TreeMap<>(extensions));
    }
}
