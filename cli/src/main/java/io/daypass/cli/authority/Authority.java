package io.daypass.cli.authority;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * An authority of one's own: a key and a certificate that signs certificates of servers (RFC 5280, ECDSA on P-256).
 *
 * @param certificate its own certificate
 * @param key its key
 */
record Authority(X509Certificate certificate, PrivateKey key) {
    private static final Duration OWN_LIFE = Duration.ofDays(3650);

    /** Clocks of clients may be a little behind. */
    private static final Duration BACKDATED = Duration.ofMinutes(5);

    /**
     * Makes one.
     *
     * @param now the time
     * @throws GeneralSecurityException if the JDK can't
     */
    static Authority create(Instant now) throws GeneralSecurityException {
        KeyPair pair = newKey();
        X500Name name = name("Daypass CA");
        try {
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            X509v3CertificateBuilder draft = draft(name, name, pair.getPublic(), now, OWN_LIFE);
            draft.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            draft.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            draft.addExtension(
                    Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(pair.getPublic()));
            return new Authority(sign(draft, pair.getPrivate()), pair.getPrivate());
        } catch (IOException unencodable) {
            throw new GeneralSecurityException("the certificate can't be encoded", unencodable);
        }
    }

    /** A new key, for a server or an authority. */
    static KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    /**
     * Signs a server's certificate.
     *
     * @param server its key
     * @param names the names and addresses by which clients call it
     * @param now the time
     * @param life how long it is valid
     */
    X509Certificate sign(PublicKey server, List<ServerName> names, Instant now, Duration life)
            throws GeneralSecurityException {
        try {
            X500Name issuer =
                    X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            X509v3CertificateBuilder draft = draft(issuer, name(names.get(0).text()), server, now, life);
            draft.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            draft.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            draft.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            draft.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
            draft.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(server));
            draft.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    identifiers.createAuthorityKeyIdentifier(certificate.getPublicKey()));
            return sign(draft, key);
        } catch (IOException unencodable) {
            throw new GeneralSecurityException("the certificate can't be encoded", unencodable);
        }
    }

    private static X509v3CertificateBuilder draft(
            X500Name issuer, X500Name subject, PublicKey key, Instant now, Duration life)
            throws GeneralSecurityException {
        return new JcaX509v3CertificateBuilder(
                issuer, serial(key), Date.from(now.minus(BACKDATED)), Date.from(now.plus(life)), subject, key);
    }

    /** Positive, and another one for every key; every certificate of ours has a key of its own. */
    private static BigInteger serial(PublicKey key) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        return new BigInteger(1, digest).shiftRight(256 - 127).setBit(126);
    }

    private static X500Name name(String common) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, common).build();
    }

    private static GeneralNames alternatives(List<ServerName> names) {
        return new GeneralNames(names.stream()
                .map(name ->
                        new GeneralName(name.isAddress() ? GeneralName.iPAddress : GeneralName.dNSName, name.text()))
                .toArray(GeneralName[]::new));
    }

    private static X509Certificate sign(X509v3CertificateBuilder draft, PrivateKey key)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(draft.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        } catch (OperatorCreationException unusable) {
            throw new GeneralSecurityException("the key can't sign", unusable);
        }
    }
}
