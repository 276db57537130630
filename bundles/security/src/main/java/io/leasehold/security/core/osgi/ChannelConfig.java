// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Factory PID {@code io.leasehold.security.channel}. What is not named here is handed to the
 * provider as it is.
 */
@ObjectClassDefinition(name = "Leasehold channel profile")
@interface ChannelConfig {
  /** Who makes the channels. */
  @AttributeDefinition(description = "tls-cert, tls-psk, dtls-cert, dtls-psk, ipsec or none")
  String provider() default "";

  /** Which version. */
  @AttributeDefinition(
      required = false,
      description = "Version of the provider's bundle; empty: the one of the highest ranking")
  String provider_version() default "";

  /** Own credentials. */
  @AttributeDefinition(
      required = false,
      description = "Names of own credentials, separated by blanks, the newest first")
  String credential() default "";

  /** Whom to trust. */
  @AttributeDefinition(
      required = false,
      description = "Name of a credential of kind trust, for certificates")
  String trust() default "";

  /** Versions. */
  @AttributeDefinition(description = "Lowest version of TLS: 1.3 or 1.2; DTLS is 1.2 always")
  String min_version() default "1.3";

  /** Hybrid key exchange. */
  @AttributeDefinition(
      description =
          "Key exchange that withstands quantum computers: prefer, require (refuses peers without it)"
              + " or off")
  String pq() default "prefer";

  /** Revocation. */
  @AttributeDefinition(
      description =
          "soft: revoked certificates are refused; hard: also those without a fresh list; off")
  String revocation() default "soft";

  /** Deadline of handshakes. */
  @AttributeDefinition(description = "Seconds after which a handshake fails")
  int handshake_timeout_seconds() default 10;

  /** Time to drain. */
  @AttributeDefinition(
      description = "Seconds that connections made in another way may live on after a change")
  int drain_seconds() default 30;
}
