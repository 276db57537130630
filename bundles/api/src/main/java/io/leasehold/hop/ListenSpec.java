// SPDX-License-Identifier: Apache-2.0
package io.leasehold.hop;

import io.leasehold.security.PeerSelector;
import java.util.List;

/**
 * Where connections are accepted.
 *
 * @param application what is spoken
 * @param places {@code *}, addresses as text, or interfaces; as in {@link
 *     io.leasehold.transport.BindSpec}
 * @param port of the transport
 * @param channel name of the profile that protects them; there is always one
 * @param expected who may connect
 * @param limits of connections
 */
public record ListenSpec(
    Application application,
    List<String> places,
    int port,
    String channel,
    PeerSelector expected,
    HopLimits limits) {
  /** Copies the places. */
  public ListenSpec {
    places = List.copyOf(places);
  }
}
