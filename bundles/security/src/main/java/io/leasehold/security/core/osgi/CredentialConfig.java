// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Factory PID {@code io.leasehold.security.credential}. */
@ObjectClassDefinition(name = "Leasehold credential")
@interface CredentialConfig {
  /** What it is. */
  @AttributeDefinition(description = "certificate, psk or trust")
  String kind() default "";

  /** Of a certificate: the chain. */
  @AttributeDefinition(
      required = false,
      description = "Reference to the certificate and its issuers in PEM or DER, the leaf first")
  String certificate() default "";

  /** Of a certificate: its key. */
  @AttributeDefinition(
      required = false,
      description = "Reference to the private key in PEM or DER, or keystore:PATH#ALIAS for both")
  String key() default "";

  /** Of a key store. */
  @AttributeDefinition(
      required = false,
      description = "Reference to the password of a PKCS #12 file")
  String keystore_password() default "";

  /** Of a pre-shared key: its identity. */
  @AttributeDefinition(
      required = false,
      description = "Identity by which the key is found, at most 128 octets, for example PEER#1")
  String identity() default "";

  /** Of a pre-shared key: the key. */
  @AttributeDefinition(
      required = false,
      description = "Reference to the key: octets, or hexadecimal digits")
  String secret() default "";

  /** Of a pre-shared key: the hash. */
  @AttributeDefinition(description = "Hash of the key: sha256 or sha384")
  String hash() default "sha256";

  /** Of a pre-shared key: for laboratories. */
  @AttributeDefinition(description = "Whether a key that looks like a passphrase is accepted")
  boolean allow_low_entropy() default false;

  /** Of trust: the anchors. */
  @AttributeDefinition(
      required = false,
      description = "References, separated by blanks, to certificates of issuers in PEM or DER")
  String anchors() default "";

  /** Of trust: the lists. */
  @AttributeDefinition(
      required = false,
      description = "References, separated by blanks, to revocation lists in PEM or DER")
  String crls() default "";
}
