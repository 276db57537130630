// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.engine;

/** What somebody may send before it is known who it is. */
public final class Limits {
  /** Octets until the handshake is complete. */
  public static final int HANDSHAKE_OCTETS = 65_536;

  /** Octets of a message of the handshake. */
  public static final int HANDSHAKE_MESSAGE_OCTETS = 32_768;

  /** Certificates of a chain, without the anchor. */
  public static final int CHAIN = 5;

  /** Identities of pre-shared keys that are looked at. */
  static final int IDENTITIES = 8;

  /** Octets of an identity; longer ones are known to nobody. */
  static final int IDENTITY_OCTETS = 128;

  private Limits() {}
}
