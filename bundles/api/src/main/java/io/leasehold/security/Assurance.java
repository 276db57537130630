// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

/**
 * What a channel vouches for, as it was negotiated.
 *
 * @param peerAuthenticated the peer has proved who it is
 * @param integrity changed messages are found and dropped
 * @param confidential nobody else can read
 * @param replayProtected a message is taken once
 * @param forwardSecret a key that is stolen later opens nothing of today
 * @param pqHybrid the key exchange withstands a quantum computer of tomorrow
 */
public record Assurance(
    boolean peerAuthenticated,
    boolean integrity,
    boolean confidential,
    boolean replayProtected,
    boolean forwardSecret,
    boolean pqHybrid) {
  /** Nothing at all. */
  public static final Assurance NONE = new Assurance(false, false, false, false, false, false);

  /**
   * What access-network identifiers need (RFC 7839 section 7): nobody else reads, the peer is
   * known.
   */
  public static final Assurance PRIVATE = new Assurance(true, true, true, true, false, false);

  /** What commands among servers need: the peer is known, nothing is changed or repeated. */
  public static final Assurance TRUSTED = new Assurance(true, true, false, true, false, false);

  /** Whether this is at least what is needed. */
  public boolean covers(Assurance needed) {
    return (peerAuthenticated || !needed.peerAuthenticated)
        && (integrity || !needed.integrity)
        && (confidential || !needed.confidential)
        && (replayProtected || !needed.replayProtected)
        && (forwardSecret || !needed.forwardSecret)
        && (pqHybrid || !needed.pqHybrid);
  }
}
