// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

/**
 * How much is accepted in a second, and at once after a rest.
 *
 * @param registrations and deregistrations of one peer, or of one address without peers, in a
 *     second
 * @param registrationsAtOnce the same at once
 * @param resolutions of one connection in a second
 * @param resolutionsAtOnce the same at once
 * @param reports of unreachable pool elements of one connection in a second, and at once
 */
public record AsapRates(
    int registrations,
    int registrationsAtOnce,
    int resolutions,
    int resolutionsAtOnce,
    int reports) {
  /** For a registrar that nobody has configured. */
  public static final AsapRates DEFAULT = new AsapRates(20, 200, 100, 1000, 10);

  /** Refuses rates at which nothing passes. */
  public AsapRates {
    if (Math.min(Math.min(registrations, registrationsAtOnce), resolutions) < 1
        || Math.min(resolutionsAtOnce, reports) < 1) {
      throw new IllegalArgumentException("rates are positive");
    }
  }
}
