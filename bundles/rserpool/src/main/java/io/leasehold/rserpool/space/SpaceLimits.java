// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.space;

/**
 * How large a handlespace may grow.
 *
 * @param pools how many pools
 * @param elements how many pool elements in all
 * @param elementsOfPool how many in one pool
 * @param elementOctets how many octets a pool element has on the wire, which bounds its addresses
 *     and what is opaque in it
 */
public record SpaceLimits(int pools, int elements, int elementsOfPool, int elementOctets) {
  /** For a registrar that nobody has configured. */
  public static final SpaceLimits DEFAULT = new SpaceLimits(10_000, 100_000, 10_000, 1024);

  /** Refuses limits that let nothing in. */
  public SpaceLimits {
    if (Math.min(Math.min(pools, elements), Math.min(elementsOfPool, elementOctets)) < 1) {
      throw new IllegalArgumentException("limits are positive");
    }
  }
}
