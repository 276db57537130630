// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.channel;

import io.leasehold.security.ChannelSecurityProvider;

/**
 * A provider that is there.
 *
 * @param provider itself
 * @param bundle by which it came
 * @param version of the bundle
 * @param ranking the highest is taken
 * @param serviceId of those with the same ranking the lowest is taken
 */
public record ProviderOffer(
    ChannelSecurityProvider provider, String bundle, String version, int ranking, long serviceId)
    implements Comparable<ProviderOffer> {
  /** The best first. */
  @Override
  public int compareTo(ProviderOffer other) {
    int order = Integer.compare(other.ranking, ranking);
    return order != 0 ? order : Long.compare(serviceId, other.serviceId);
  }

  String label() {
    return bundle + " " + version;
  }
}
