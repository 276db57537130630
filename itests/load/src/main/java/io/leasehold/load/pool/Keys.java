// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load.pool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;

/**
 * What the crowd proves itself with, from a directory: {@code ca.pem}, and {@code crowdN.pem} and
 * {@code crowdN.key} (PKCS #8, elliptic curve) for each one, counted from 0.
 */
final class Keys {
  private static final char[] NO_PASSWORD = new char[0];

  private final Path directory;

  Keys(Path directory) {
    this.directory = directory;
  }

  /** The client side of TLS 1.3 for one of the crowd. */
  SSLEngine engine(int number) throws IOException {
    try {
      KeyStore own = empty();
      own.setKeyEntry("own", key(number), NO_PASSWORD, new Certificate[] {of("crowd" + number)});
      KeyStore trusted = empty();
      trusted.setCertificateEntry("ca", of("ca"));
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(own, NO_PASSWORD);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      SSLEngine engine = context.createSSLEngine();
      engine.setUseClientMode(true);
      return engine;
    } catch (GeneralSecurityException e) {
      throw new IOException("keys of " + directory + ": " + e.getMessage(), e);
    }
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private Certificate of(String name) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(directory.resolve(name + ".pem"))) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private PrivateKey key(int number) throws IOException, GeneralSecurityException {
    String text = Files.readString(directory.resolve("crowd" + number + ".key"));
    String body = text.replaceAll("-----[A-Z ]+-----|\\s", "");
    byte[] octets = Base64.getDecoder().decode(body);
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(octets));
  }
}
