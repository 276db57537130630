// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

/**
 * State of a lease, with the binding-status codes of RFC 8156 section 5.5.1, which are also the
 * stored ones.
 */
public enum LeaseState {
  /** In use by its client until it expires. */
  ACTIVE(1, "active"),
  /** Its time ran out; the client is remembered so that it can have it back. */
  EXPIRED(2, "expired"),
  /** Given back by its client, which is remembered. */
  RELEASED(3, "released"),
  /** Waits for the failover partner before it becomes free. */
  PENDING_FREE(4, "pending-free"),
  /** Available; a client may still be remembered. */
  FREE(5, "free"),
  /** Available to the failover secondary. */
  FREE_BACKUP(6, "free-backup"),
  /** Declined by a client: out of use until its probation ends (RFC 8415 section 18.3.8). */
  ABANDONED(7, "declined"),
  /**
   * Taken back by the server, because an operator or a changed plan wants it so: out of use until
   * the client no longer names it, or its time is over.
   */
  RESET(8, "reset");

  private static final LeaseState[] ALL = values();

  private final int code;
  private final String word;

  LeaseState(int code, String word) {
    this.code = code;
    this.word = word;
  }

  /** The stored code. */
  public int code() {
    return code;
  }

  /**
   * The state with a stored code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static LeaseState of(int code) {
    return Codes.find(ALL, LeaseState::code, code, "lease state");
  }

  /** The word that operators see. */
  public String word() {
    return word;
  }
}
