// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.security;

import io.leasehold.net.Bytes;
import io.leasehold.security.Credential.CertificateChain;
import io.leasehold.security.Credential.TrustAnchors;
import io.leasehold.security.Secret;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that issues certificates for tests, good ones and bad ones. */
public final class TestAuthority {
  private static final AtomicLong SERIALS = new AtomicLong(1);
  private static final Instant BEGIN = SecurityWorld.BEGIN.minus(Duration.ofDays(365));
  private static final Instant END = SecurityWorld.BEGIN.plus(Duration.ofDays(3650));

  private final KeyPair keys;
  private final X509Certificate certificate;
  private final List<X509Certificate> above;

  private TestAuthority(KeyPair keys, X509Certificate certificate, List<X509Certificate> above) {
    this.keys = keys;
    this.certificate = certificate;
    this.above = above;
  }

  /** An authority that nobody stands above. */
  public static TestAuthority root(String name) {
    KeyPair keys = ecKeys("secp256r1");
    X500Name subject = new X500Name("CN=" + name);
    return new TestAuthority(keys, authority(subject, keys, subject, keys), List.of());
  }

  /** An authority that this one vouches for. */
  public TestAuthority intermediate(String name) {
    KeyPair below = ecKeys("secp256r1");
    X500Name issuer = new X500Name(certificate.getSubjectX500Principal().getName());
    List<X509Certificate> chain = new ArrayList<>();
    if (!isRoot()) {
      chain.add(certificate);
      chain.addAll(above);
    }
    return new TestAuthority(
        below, authority(new X500Name("CN=" + name), below, issuer, keys), chain);
  }

  private boolean isRoot() {
    return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
  }

  private static X509Certificate authority(
      X500Name subject, KeyPair keys, X500Name issuer, KeyPair issuersKeys) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer, serial(), Date.from(BEGIN), Date.from(END), subject, keys.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      return sign(builder, issuersKeys, "SHA256withECDSA");
    } catch (CertIOException e) {
      throw new IllegalStateException(e);
    }
  }

  static BigInteger serial() {
    return BigInteger.valueOf(SERIALS.getAndIncrement());
  }

  static X509Certificate sign(JcaX509v3CertificateBuilder builder, KeyPair keys, String algorithm) {
    try {
      ContentSigner signer = new JcaContentSignerBuilder(algorithm).build(keys.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** New keys on a curve. */
  public static KeyPair ecKeys(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** New keys of another kind, {@code Ed25519} with 0 or {@code RSA} with a number of bits. */
  public static KeyPair keys(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (bits > 0) {
        generator.initialize(bits);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Begins a certificate for somebody; good for both sides unless made otherwise. */
  public TestCertificate issue() {
    return new TestCertificate(this);
  }

  X500Name name() {
    return new X500Name(certificate.getSubjectX500Principal().getName());
  }

  X509Certificate sign(JcaX509v3CertificateBuilder builder, String algorithm) {
    return sign(builder, keys, algorithm);
  }

  CertificateChain credential(String name, X509Certificate leaf, KeyPair leafKeys) {
    List<Bytes> chain = new ArrayList<>();
    chain.add(der(leaf));
    if (!isRoot()) {
      chain.add(der(certificate));
      above.forEach(each -> chain.add(der(each)));
    }
    return new CertificateChain(
        name,
        chain,
        Secret.of(leafKeys.getPrivate().getEncoded()),
        leaf.getNotAfter().toInstant(),
        sha256(der(leaf)).toHex());
  }

  /** SHA-256 of these octets. */
  public static Bytes sha256(Bytes octets) {
    try {
      return Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(octets.toArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static Bytes der(X509Certificate certificate) {
    try {
      return Bytes.wrap(certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The certificate of this authority, in DER. */
  public Bytes certificate() {
    return der(certificate);
  }

  /** Trust in this authority, with revocation lists in DER. */
  public TrustAnchors trust(String name, Bytes... revocationLists) {
    return new TrustAnchors(name, List.of(certificate()), List.of(revocationLists));
  }

  /** A revocation list that is fresh from one time to another. */
  public Bytes revocationList(Instant from, Instant to, Bytes... revoked) {
    X509v2CRLBuilder builder = new X509v2CRLBuilder(name(), Date.from(from));
    builder.setNextUpdate(Date.from(to));
    for (Bytes leaf : revoked) {
      builder.addCRLEntry(
          org.bouncycastle.asn1.x509.Certificate.getInstance(leaf.toArray())
              .getSerialNumber()
              .getValue(),
          Date.from(from),
          CRLReason.keyCompromise);
    }
    try {
      ContentSigner signer =
          new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
      return Bytes.wrap(builder.build(signer).getEncoded());
    } catch (OperatorCreationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
