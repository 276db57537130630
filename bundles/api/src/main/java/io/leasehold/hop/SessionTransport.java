// SPDX-License-Identifier: Apache-2.0
package io.leasehold.hop;

import io.leasehold.transport.Binding;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Connections for who speaks a protocol in which a connection itself has a meaning: it is heard
 * that one began and ended, and a message goes by the connection that it is sent on or nowhere. The
 * user has the pace and the keepalive: nothing connects again by itself, and no connection ends for
 * its age or for silence. What a {@link HopTransport} does else holds here, too: framing,
 * protection as the profile says, limits before the peer is known. Its service property {@code
 * leasehold.name} is what {@link HopUri#transport} names.
 */
@ConsumerType
public interface SessionTransport {
  /**
   * Accepts connections. Returns at once: places that cannot be opened now are tried again.
   *
   * <p>Only addresses that the user admits are heard. Of connections whose peer is not known yet
   * the oldest of an address goes when it has more than it may, so that nobody keeps itself out.
   *
   * @param startTls whether TLS begins only after STARTTLS (RFC 7653 section 9.1), as failover and
   *     leasequery want it; a connection that begins with TLS is closed
   * @throws IllegalArgumentException if the application has no message that asks for TLS, or this
   *     transport does not carry it, or cannot protect what is to be protected
   */
  Binding accept(ListenSpec spec, boolean startTls, SessionUser user);

  /**
   * Tries once to connect, and returns at once.
   *
   * @return the session to come; the user hears that it is open, and that it has ended, or only
   *     that it has ended
   * @throws IllegalArgumentException if TLS is to be asked for, and the application has no message
   *     that does; or if this transport does not carry it, or cannot protect what is to be
   *     protected
   */
  HopSession connect(ConnectSpec spec, SessionUser user);
}
