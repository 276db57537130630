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
 * @param inClear whether nothing protects them, as the scheme {@code tcp} says: then the channel
 *     must be of provider {@code none}, and otherwise it must not
 */
public record ListenSpec(
    Application application,
    List<String> places,
    int port,
    String channel,
    PeerSelector expected,
    HopLimits limits,
    boolean inClear) {
  /** Copies the places. */
  public ListenSpec {
    places = List.copyOf(places);
  }

  /** Connections that are protected or not there. */
  public ListenSpec(
      Application application,
      List<String> places,
      int port,
      String channel,
      PeerSelector expected,
      HopLimits limits) {
    this(application, places, port, channel, expected, limits, false);
  }
}
