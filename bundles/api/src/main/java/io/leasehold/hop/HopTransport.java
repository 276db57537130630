// SPDX-License-Identifier: Apache-2.0
package io.leasehold.hop;

import io.leasehold.transport.Binding;
import io.leasehold.transport.Inbound;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Connections of one kind. It owns the sockets and asks {@link io.leasehold.security.Channels} for
 * protection; it never carries an octet of a message in a weaker way than the profile says.
 */
@ConsumerType
public interface HopTransport extends Connections {
  /** Name for operators and scheme of a {@link HopUri}: {@code tls}, {@code dtls}. */
  String name();

  /**
   * Accepts connections. Returns at once: places that cannot be opened now are tried again. Paths
   * of messages answer on their connection, or on another one of the same peer when that has ended.
   */
  Binding listen(ListenSpec spec, Inbound inbound);

  /** Connects, and goes on trying with growing pauses. Messages of the peer go to the inbound. */
  Link connect(ConnectSpec spec, Inbound inbound);
}
