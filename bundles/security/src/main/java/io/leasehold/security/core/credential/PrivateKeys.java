// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.credential;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/** Private keys in PKCS #8, whichever way OpenSSL wrote them. */
final class PrivateKeys {
  private static final int MIN_RSA_BITS = 2048;
  private static final byte[] PROBE = "leasehold".getBytes(StandardCharsets.US_ASCII);

  /** AlgorithmIdentifier of RSA (RFC 8017 appendix A.1) with its NULL. */
  private static final byte[] RSA = {
    0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
  };

  /** The identifier of keys on curves (RFC 5480 section 2.1.1), without that of the curve. */
  private static final byte[] CURVE_KEY = {
    0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01
  };

  private PrivateKeys() {}

  /** The key of a PEM block in PKCS #8; null if the block holds no key. */
  static byte[] pkcs8(Pem.Block block, String place) throws CredentialFault {
    return switch (block.label()) {
      case "PRIVATE KEY" -> block.der();
      case "RSA PRIVATE KEY" -> wrapped(RSA, block.der());
      case "EC PRIVATE KEY" -> wrapped(curve(block.der(), place), block.der());
      case "ENCRYPTED PRIVATE KEY" ->
          throw new CredentialFault(
              place
                  + " is encrypted; decrypt it (openssl pkcs8 -in KEY -out KEY2; chmod 600 KEY2), or"
                  + " put it with its certificate into a PKCS #12 file and write keystore:PATH#ALIAS");
      default -> null;
    };
  }

  /** Whether the key belongs to the certificate, and is of a kind and length that is used here. */
  static void requireFits(byte[] pkcs8, PublicKey open, String place) throws CredentialFault {
    if (open instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
      throw CredentialFault.inContent(
          "%s: RSA keys have at least %d bits, this one has %d"
              .formatted(place, MIN_RSA_BITS, rsa.getModulus().bitLength()));
    }
    String signature =
        switch (open.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case "EdDSA", "Ed25519" -> "Ed25519";
          default ->
              throw CredentialFault.inContent(
                  place + ": keys are RSA, ECDSA or Ed25519, this one is " + open.getAlgorithm());
        };
    if (!signs(pkcs8, open, signature)) {
      throw CredentialFault.inContent(place + ": the key does not belong to the certificate");
    }
  }

  private static boolean signs(byte[] pkcs8, PublicKey open, String algorithm) {
    try {
      PrivateKey key =
          KeyFactory.getInstance(open.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(open);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // a key of another kind cannot even be read as one of this kind
    }
  }

  /** PrivateKeyInfo (RFC 5208 section 5) around a key of an older form. */
  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.writeBytes(new byte[] {0x02, 0x01, 0x00});
    inner.writeBytes(algorithm);
    inner.writeBytes(element(0x04, key));
    return element(0x30, inner.toByteArray());
  }

  /** The identifier of the curve, which ECPrivateKey (RFC 5915 section 3) holds under tag 0. */
  private static byte[] curve(byte[] der, String place) throws CredentialFault {
    int at = der.length > 2 && der[1] < 0 ? 2 + (der[1] & 0x7f) : 2;
    at += 3; // version
    at += at + 1 < der.length ? 2 + der[at + 1] : 0; // the key, at most 66 octets
    boolean named = at + 3 < der.length && (der[at] & 0xff) == 0xa0 && der[at + 2] == 0x06;
    if (!named || at + 2 + der[at + 1] > der.length) {
      throw CredentialFault.inContent(
          place + " does not name its curve; say: openssl pkcs8 -topk8 -nocrypt -in KEY -out KEY2");
    }
    byte[] name = Arrays.copyOfRange(der, at + 2, at + 2 + der[at + 1]);
    byte[] both = Arrays.copyOf(CURVE_KEY, CURVE_KEY.length + name.length);
    System.arraycopy(name, 0, both, CURVE_KEY.length, name.length);
    return element(0x30, both);
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else if (content.length < 0x100) {
      out.write(0x81);
      out.write(content.length);
    } else {
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
