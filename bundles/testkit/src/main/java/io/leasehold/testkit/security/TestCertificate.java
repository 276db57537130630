// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.security;

import io.leasehold.net.Bytes;
import io.leasehold.security.Credential.CertificateChain;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;

/** A certificate that is being written; each method changes it and returns it. */
public final class TestCertificate {
  private final TestAuthority authority;
  private final List<GeneralName> names = new ArrayList<>();
  private String subject = "CN=nobody";
  private Instant from = SecurityWorld.BEGIN.minus(Duration.ofDays(30));
  private Instant to = SecurityWorld.BEGIN.plus(Duration.ofDays(365));
  private KeyPair keys;
  private KeyPurposeId[] purposes = {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth};
  private int usage = KeyUsage.digitalSignature;
  private String signature = "SHA256withECDSA";

  TestCertificate(TestAuthority authority) {
    this.authority = authority;
  }

  /** With a common name. */
  public TestCertificate commonName(String name) {
    subject = "CN=" + name;
    return this;
  }

  /** With a DNS name, whatever its characters. */
  public TestCertificate dns(String name) {
    names.add(new GeneralName(GeneralName.dNSName, new DERIA5String(name)));
    return this;
  }

  /** With an address in octets. */
  public TestCertificate address(Bytes octets) {
    names.add(new GeneralName(GeneralName.iPAddress, new DEROctetString(octets.toArray())));
    return this;
  }

  /** With a URI. */
  public TestCertificate uri(String uri) {
    names.add(new GeneralName(GeneralName.uniformResourceIdentifier, new DERIA5String(uri)));
    return this;
  }

  /** With a time. */
  public TestCertificate valid(Instant begin, Instant end) {
    from = begin;
    to = end;
    return this;
  }

  /** With these keys instead of new ones. */
  public TestCertificate keys(KeyPair pair) {
    keys = pair;
    return this;
  }

  /** For connecting only. */
  public TestCertificate clientOnly() {
    purposes = new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth};
    return this;
  }

  /** For being connected to only. */
  public TestCertificate serverOnly() {
    purposes = new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth};
    return this;
  }

  /** Not for signatures. */
  public TestCertificate notForSignatures() {
    usage = KeyUsage.keyAgreement;
    return this;
  }

  /** Signed by another algorithm. */
  public TestCertificate signedWith(String algorithm) {
    signature = algorithm;
    return this;
  }

  /** The certificate with its key as a credential of that name. */
  public CertificateChain credential(String name) {
    KeyPair pair = keys == null ? TestAuthority.ecKeys("secp256r1") : keys;
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            authority.name(),
            TestAuthority.serial(),
            Date.from(from),
            Date.from(to),
            new X500Name(subject),
            pair.getPublic());
    try {
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
      if (!names.isEmpty()) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(names.toArray(GeneralName[]::new)));
      }
    } catch (CertIOException e) {
      throw new IllegalStateException(e);
    }
    X509Certificate leaf = authority.sign(builder, signature);
    return authority.credential(name, leaf, pair);
  }

  /** SHA-256 of the public key of a certificate, as peers pin it. */
  public static Bytes pin(CertificateChain credential) {
    try {
      return TestAuthority.sha256(
          Bytes.wrap(
              org.bouncycastle.asn1.x509.Certificate.getInstance(
                      credential.chain().get(0).toArray())
                  .getSubjectPublicKeyInfo()
                  .getEncoded()));
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
