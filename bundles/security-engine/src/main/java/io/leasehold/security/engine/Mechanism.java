// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.engine;

import io.leasehold.security.HandshakeRole;
import io.leasehold.security.Health;
import io.leasehold.security.PeerSelector;
import org.bouncycastle.tls.TlsClient;
import org.bouncycastle.tls.TlsServer;

/** How both ends of the channels of a profile prove who they are. May be used from any thread. */
public interface Mechanism {
  /** Begins to keep what there is to know of a handshake. */
  Handshake handshake(HandshakeRole role, PeerSelector expected);

  /**
   * Our side of a handshake that we began, with the credentials of this moment.
   *
   * @throws IllegalStateException if there is no credential for it; the message says which
   */
  TlsClient client(Handshake handshake);

  /** Our side of a handshake that somebody began. */
  TlsServer server(Handshake handshake);

  /** Whether handshakes can succeed with the credentials of this moment. */
  Health health();

  /** Forgets what it has read of keys. */
  void close();
}
