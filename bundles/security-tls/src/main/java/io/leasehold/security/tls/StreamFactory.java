// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.tls;

import io.leasehold.security.ChannelEngine;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.security.engine.EngineFactory;
import io.leasehold.security.engine.Handshake;
import io.leasehold.security.engine.Mechanism;
import org.bouncycastle.tls.TlsClient;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsServer;
import org.bouncycastle.tls.TlsServerProtocol;

/** Makes channels of TLS over streams. It keeps no thread and no timer. */
final class StreamFactory extends EngineFactory {
  StreamFactory(Mechanism mechanism) {
    super(mechanism);
  }

  @Override
  public ChannelEngine newEngine(HandshakeRole role, PeerSelector expected) {
    live().requireOpen();
    Handshake handshake = mechanism().handshake(role, expected);
    StreamEngine engine =
        role == HandshakeRole.CLIENT
            ? client(handshake, mechanism().client(handshake))
            : server(handshake, mechanism().server(handshake));
    live().add(engine);
    return engine;
  }

  private StreamEngine client(Handshake handshake, TlsClient side) {
    TlsClientProtocol protocol = new TlsClientProtocol();
    return new StreamEngine(handshake, protocol, () -> protocol.connect(side), live());
  }

  private StreamEngine server(Handshake handshake, TlsServer side) {
    TlsServerProtocol protocol = new TlsServerProtocol();
    return new StreamEngine(handshake, protocol, () -> protocol.accept(side), live());
  }
}
