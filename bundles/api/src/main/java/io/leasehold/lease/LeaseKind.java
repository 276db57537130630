// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import io.leasehold.net.Family;

/** What a lease is for. The codes are part of every stored format and never change. */
public enum LeaseKind {
  /** An IPv6 address in an IA_NA (RFC 8415 section 21.4). */
  IA_NA(1, "na"),
  /** An IPv6 address in an IA_TA (obsolete since RFC 9915; kept for stored records of others). */
  IA_TA(2, "ta"),
  /** A delegated prefix in an IA_PD (RFC 8415 section 21.21). */
  IA_PD(3, "pd"),
  /** An IPv4 address. */
  IPV4(4, "v4");

  private static final LeaseKind[] ALL = values();

  private final int code;
  private final String word;

  LeaseKind(int code, String word) {
    this.code = code;
    this.word = word;
  }

  /** The stored code. */
  public int code() {
    return code;
  }

  /** The family of the addresses. */
  public Family family() {
    return this == IPV4 ? Family.IPV4 : Family.IPV6;
  }

  /** The short word that operators see. */
  public String word() {
    return word;
  }

  /**
   * The kind with a stored code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static LeaseKind of(int code) {
    return Codes.find(ALL, LeaseKind::code, code, "lease kind");
  }
}
