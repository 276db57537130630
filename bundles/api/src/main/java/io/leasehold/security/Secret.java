// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import java.util.Arrays;

/**
 * Octets that nobody should see. Never in a log, an exception or a listing; {@link #toString} says
 * nothing.
 */
public final class Secret implements AutoCloseable {
  private byte[] octets;

  private Secret(byte[] octets) {
    this.octets = octets;
  }

  /** Takes the octets over: the caller keeps no reference. */
  public static Secret of(byte[] octets) {
    return new Secret(octets);
  }

  /**
   * A copy, which the caller overwrites with zeros after use.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public synchronized byte[] copy() {
    if (octets == null) {
      throw new IllegalStateException("the secret was erased");
    }
    return octets.clone();
  }

  /** Number of octets; 0 after {@link #close}. */
  public synchronized int length() {
    return octets == null ? 0 : octets.length;
  }

  /** Overwrites the octets. */
  @Override
  public synchronized void close() {
    if (octets != null) {
      Arrays.fill(octets, (byte) 0);
      octets = null;
    }
  }

  @Override
  public String toString() {
    return "****";
  }
}
