// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.net.Ipv6;

/**
 * For which links relay agents may speak by the way a message came. Any thread, several at once.
 */
@FunctionalInterface
public interface RelayRight {
  /** Everybody may speak for every link. */
  RelayRight EVERYBODY = (arrival, linkAddress, placeOrNull) -> null;

  /**
   * Why a relayed message is not taken; null if it is. Called once for every relayed message, so it
   * has to be fast.
   *
   * @param linkAddress what the relay agent nearest to the client says of the link: link-address,
   *     giaddr or link selection; unspecified if none says anything
   * @param placeOrNull where the client is taken to be; null if the plan does not know
   */
  RelayRefusal refusal(Arrival arrival, Ipv6 linkAddress, Place placeOrNull);
}
