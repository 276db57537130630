// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a hop is protected, as configured.
 *
 * @param name of the profile
 * @param provider {@code tls-cert}, {@code tls-psk}, {@code dtls-cert}, {@code dtls-psk}, {@code
 *     ipsec} or {@code none}
 * @param tls12 whether version 1.2 is accepted beside 1.3; DTLS is 1.2 always
 * @param pq use of hybrid key exchange
 * @param credentials names of own credentials, newest first: certificates, or pre-shared keys that
 *     a client offers
 * @param trust name of the trust anchors; empty if there are none
 * @param revocation what revocation lists are for
 * @param handshakeTimeout after which a handshake fails
 * @param settings what only one provider knows
 */
public record ChannelProfile(
    String name,
    String provider,
    boolean tls12,
    PostQuantum pq,
    List<String> credentials,
    String trust,
    Revocation revocation,
    Duration handshakeTimeout,
    Map<String, String> settings) {
  /** Use of hybrid key exchange. */
  public enum PostQuantum {
    /** First choice; classical groups are accepted. */
    PREFER,
    /** Classical groups are refused. */
    REQUIRE,
    /** Not offered. */
    OFF
  }

  /** What revocation lists are for. */
  public enum Revocation {
    /** A certificate without a fresh list of its issuer is refused. */
    HARD,
    /** Revoked certificates are refused; a list that is missing or old is told. */
    SOFT,
    /** Lists are not looked at. */
    OFF
  }

  /** Copies the collections. */
  public ChannelProfile {
    credentials = List.copyOf(credentials);
    settings = Map.copyOf(settings);
  }
}
