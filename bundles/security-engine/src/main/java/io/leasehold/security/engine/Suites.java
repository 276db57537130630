// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.engine;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.tls.CipherSuite;

/**
 * Cipher suites, in the order in which a server prefers them (RFC 9325 section 4.2). What is not in
 * this table cannot be negotiated: no RSA key transport, no static Diffie-Hellman, no CBC, no NULL.
 */
enum Suites {
  /** TLS 1.3. */
  TLS_AES_256_GCM_SHA384(CipherSuite.TLS_AES_256_GCM_SHA384, true, true),
  TLS_AES_128_GCM_SHA256(CipherSuite.TLS_AES_128_GCM_SHA256, false, true),
  TLS_CHACHA20_POLY1305_SHA256(CipherSuite.TLS_CHACHA20_POLY1305_SHA256, false, true),

  /** Certificates below 1.3. */
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384(
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, true, true),
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384(
      CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, true, true),
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256(
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, false, true),
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256(
      CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, false, true),
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256(
      CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, false, true),
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256(
      CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, false, true),

  /**
   * Pre-shared keys below 1.3 (RFC 8442, RFC 7905). AES first, which processors do; ChaCha20 is for
   * OpenSSL and others that do not know the first ones.
   */
  TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256(
      CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256, false, true),
  TLS_ECDHE_PSK_WITH_AES_256_GCM_SHA384(
      CipherSuite.TLS_ECDHE_PSK_WITH_AES_256_GCM_SHA384, true, true),
  TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256(
      CipherSuite.TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256, false, true),

  /** The same for constrained peers, by request only: a stolen key opens what was recorded. */
  TLS_PSK_WITH_AES_128_GCM_SHA256(CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256, false, false),
  TLS_PSK_WITH_AES_128_CCM_8(CipherSuite.TLS_PSK_WITH_AES_128_CCM_8, false, false);

  private final int number;
  private final boolean sha384;
  private final boolean forwardSecret;

  Suites(int number, boolean sha384, boolean forwardSecret) {
    this.number = number;
    this.sha384 = sha384;
    this.forwardSecret = forwardSecret;
  }

  boolean isTls13() {
    return name().startsWith("TLS_AES_") || name().startsWith("TLS_CHACHA20_");
  }

  boolean isCertificate12() {
    return name().startsWith("TLS_ECDHE_ECDSA_") || name().startsWith("TLS_ECDHE_RSA_");
  }

  boolean isKey12() {
    return name().startsWith("TLS_ECDHE_PSK_");
  }

  boolean isConstrained() {
    return name().startsWith("TLS_PSK_");
  }

  static boolean isTls13(int number) {
    return all(number).anyMatch(Suites::isTls13);
  }

  /** Whether the certificate of the server has an RSA key; only below 1.3. */
  static boolean wantsRsa(int number) {
    return name(number).startsWith("TLS_ECDHE_RSA_");
  }

  static boolean isSha384(int number) {
    return all(number).anyMatch(suite -> suite.sha384);
  }

  static boolean isForwardSecret(int number) {
    return all(number).anyMatch(suite -> suite.forwardSecret);
  }

  /** Its registered name. */
  static String name(int number) {
    return all(number).map(Suites::name).findFirst().orElse("0x%04X".formatted(number));
  }

  int number() {
    return number;
  }

  /** Those of one hash, in the same order. */
  static int[] ofHash(int[] suites, boolean sha384) {
    return IntStream.of(suites).filter(suite -> isSha384(suite) == sha384).toArray();
  }

  private static Stream<Suites> all(int number) {
    return Arrays.stream(values()).filter(suite -> suite.number == number);
  }
}
