// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

/** Octets that are not a lease or a key in {@link LeaseFormat}. */
public final class LeaseFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  /**
   * Says what is wrong and where.
   *
   * @param offset octets from the start of the encoded lease or key
   * @param reason what was found
   */
  public LeaseFormatException(int offset, String reason) {
    super("octet " + offset + ": " + reason);
    this.offset = offset;
  }

  /** Octets from the start of the encoded lease or key. */
  public int offset() {
    return offset;
  }
}
