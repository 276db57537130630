// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.metric;

/** A counter of the probes that stand before DHCPv4 offers. */
public enum ProbeCounter {
  /** Addresses that were probed before an offer. */
  CHECKED("pkt4-ping-checked"),
  /** Addresses that somebody used when they were probed. */
  CONFLICT("pkt4-ping-conflict"),
  /** Offers that should have been probed and went out without. */
  LEFT_OUT("pkt4-ping-left-out");

  private final String word;

  ProbeCounter(String word) {
    this.word = word;
  }

  /** Its name. */
  public String word() {
    return word;
  }
}
