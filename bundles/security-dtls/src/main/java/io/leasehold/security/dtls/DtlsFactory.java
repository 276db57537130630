// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.dtls;

import io.leasehold.net.Bytes;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.HopEnd;
import io.leasehold.security.PeerSelector;
import io.leasehold.security.SecurityServices;
import io.leasehold.security.engine.EngineFactory;
import io.leasehold.security.engine.Handshake;
import io.leasehold.security.engine.Mechanism;
import java.util.Optional;
import java.util.function.Consumer;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSRequest;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.TlsClient;
import org.bouncycastle.tls.TlsServer;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** Makes channels of DTLS 1.2. */
final class DtlsFactory extends EngineFactory {
  private final HandshakePool pool;
  private final Cookies cookies;

  DtlsFactory(Mechanism mechanism, HandshakePool pool, SecurityServices services) {
    super(mechanism);
    this.pool = pool;
    this.cookies = new Cookies(new BcTlsCrypto(services.random()), services.nanos());
  }

  /** For {@link HandshakeRole#SERVER} over carriers whose senders cannot lie about who they are. */
  @Override
  public ChannelEngine newEngine(HandshakeRole role, PeerSelector expected) {
    live().requireOpen();
    Handshake handshake = mechanism().handshake(role, expected);
    if (role == HandshakeRole.SERVER) {
      return server(handshake, null);
    }
    TlsClient side = mechanism().client(handshake);
    return made(handshake, datagrams -> new DTLSClientProtocol().connect(side, datagrams));
  }

  private ChannelEngine server(Handshake handshake, DTLSRequest request) {
    TlsServer side = mechanism().server(handshake);
    return made(handshake, datagrams -> new DTLSServerProtocol().accept(side, datagrams, request));
  }

  private ChannelEngine made(Handshake handshake, DtlsEngine.Beginning beginning) {
    DtlsEngine engine = new DtlsEngine(handshake, beginning, pool, live());
    live().add(engine);
    return engine;
  }

  @Override
  public Optional<ChannelEngine> accept(
      HopEnd from, Bytes datagram, PeerSelector expected, Consumer<Bytes> answer) {
    live().requireOpen();
    return cookies
        .check(from, datagram, answer)
        .map(request -> server(mechanism().handshake(HandshakeRole.SERVER, expected), request));
  }
}
