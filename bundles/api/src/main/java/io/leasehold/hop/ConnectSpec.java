// SPDX-License-Identifier: Apache-2.0
package io.leasehold.hop;

import io.leasehold.net.Ipv6;
import io.leasehold.security.PeerSelector;

/**
 * Where to connect to, for as long as the link is open.
 *
 * @param application what is spoken
 * @param remote address of the peer; an IPv4 address is IPv4-mapped; of a peer with several, one
 * @param port of the peer
 * @param channel name of the profile that protects it; there is always one
 * @param expected who must be at the other end
 * @param startTls whether to ask for TLS by STARTTLS or DHCPTLS (RFC 7653 section 8.2, RFC 7724)
 *     instead of beginning with it
 * @param inClear whether nothing protects it, as {@link HopUri#isInClear} says: then the channel
 *     must be of provider {@code none}, and otherwise it must not
 * @param transport name of the transport, as {@link HopUri#transport} says and the service property
 *     {@code leasehold.name}: who has several chooses by it, and transports do not look at it
 */
public record ConnectSpec(
    Application application,
    Ipv6 remote,
    int port,
    String channel,
    PeerSelector expected,
    boolean startTls,
    boolean inClear,
    String transport) {
  /** The transport of streams. */
  public static final String STREAMS = "tcp";

  /** A hop by a stream. */
  public ConnectSpec(
      Application application,
      Ipv6 remote,
      int port,
      String channel,
      PeerSelector expected,
      boolean startTls,
      boolean inClear) {
    this(application, remote, port, channel, expected, startTls, inClear, STREAMS);
  }

  /** A hop by a stream that is protected or not there. */
  public ConnectSpec(
      Application application,
      Ipv6 remote,
      int port,
      String channel,
      PeerSelector expected,
      boolean startTls) {
    this(application, remote, port, channel, expected, startTls, false);
  }
}
