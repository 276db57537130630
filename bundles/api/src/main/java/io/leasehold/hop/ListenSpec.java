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
 * @param inClear whether nothing protects them, as {@link HopUri#isInClear} says: then the channel
 *     must be of provider {@code none}, and otherwise it must not
 * @param transport name of the transport, as {@link ConnectSpec#transport}
 */
public record ListenSpec(
    Application application,
    List<String> places,
    int port,
    String channel,
    PeerSelector expected,
    HopLimits limits,
    boolean inClear,
    String transport) {
  /** Copies the places. */
  public ListenSpec {
    places = List.copyOf(places);
  }

  /** Connections by streams. */
  public ListenSpec(
      Application application,
      List<String> places,
      int port,
      String channel,
      PeerSelector expected,
      HopLimits limits,
      boolean inClear) {
    this(application, places, port, channel, expected, limits, inClear, ConnectSpec.STREAMS);
  }

  /** Connections by streams that are protected or not there. */
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
