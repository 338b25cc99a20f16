package io.daypass.engine.ssh.key;

import java.util.Map;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.math.ec.ECPoint;

/** The three curves of SSH's ECDSA (RFC 5656, section 10.1). */
public final class Curves {
    private static final Map<String, ECDomainParameters> BY_NAME = Map.of(
            "nistp256", domain("secp256r1"),
            "nistp384", domain("secp384r1"),
            "nistp521", domain("secp521r1"));

    private Curves() {}

    /** The curve of a kind that has one. */
    public static ECDomainParameters of(KeyKind kind) {
        ECDomainParameters domain = BY_NAME.get(kind.curve());
        if (domain == null) {
            throw new IllegalArgumentException(kind + " has no curve");
        }
        return domain;
    }

    /**
     * Reads a point.
     *
     * @param encoded as SSH writes it: 4, then both coordinates
     * @throws IllegalArgumentException if it is another encoding, or no point of the curve, or the one at infinity
     */
    public static ECPoint point(KeyKind kind, byte[] encoded) {
        ECDomainParameters domain = of(kind);
        int coordinate = (domain.getCurve().getFieldSize() + 7) / 8;
        if (encoded.length != 1 + 2 * coordinate || encoded[0] != 4) {
            throw new IllegalArgumentException("not an uncompressed point");
        }
        return domain.validatePublicPoint(domain.getCurve().decodePoint(encoded));
    }

    private static ECDomainParameters domain(String name) {
        X9ECParameters parameters = CustomNamedCurves.getByName(name);
        return new ECDomainParameters(parameters);
    }
}
