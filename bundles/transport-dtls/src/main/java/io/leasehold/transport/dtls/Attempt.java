// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.dtls;

import io.leasehold.hop.ConnectSpec;
import io.leasehold.net.Bytes;
import io.leasehold.security.Channel;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.HandshakeRole;
import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Binding;
import io.leasehold.transport.Destination;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.Path;
import java.io.IOException;
import java.util.List;

/**
 * An association of a link with a port of its own, so that an old and a new one live beside each
 * other. May be used from any thread.
 */
final class Attempt {
  /** It could not even begin; the message says why. */
  static final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;

    FailedException(String message) {
      super(message);
    }
  }

  private final ConnectSpec spec;
  private final Places.LocalEnd local;
  private Binding binding;
  private Association association;
  private HopPath path;

  private Attempt(ConnectSpec spec, Places.LocalEnd local) {
    this.spec = spec;
    this.local = local;
  }

  /**
   * Opens a port and makes a channel; it is not begun.
   *
   * @throws FailedException if there is no way to the peer, no port, or no channel
   */
  static Attempt open(
      ConnectSpec spec,
      Inbound inbound,
      Channel channel,
      DtlsTransport transport,
      Association.Owner owner)
      throws FailedException {
    try {
      ChannelEngine engine =
          channel.newEngine(
              HandshakeRole.CLIENT, spec.expected().speaking(spec.application().protocolName()));
      Attempt attempt = new Attempt(spec, Places.towards(spec.remote(), spec.port()));
      attempt.association =
          new Association(
              transport.newId(),
              engine,
              attempt::toNetwork,
              owner,
              new Moments(transport.surroundings()));
      engine.onReady(() -> transport.later(attempt.association::pump));
      attempt.bind(transport, inbound);
      return attempt;
    } catch (IllegalStateException | IOException e) {
      throw new FailedException(e.getMessage());
    }
  }

  private void bind(DtlsTransport transport, Inbound inbound) throws IOException {
    BindSpec where = new BindSpec(local.family(), List.of(local.place()), local.port(), List.of());
    binding = transport.surroundings().datagrams().bind(where, new Arrivals(this::take, inbound));
    for (EndpointStatus status : binding.endpoints()) {
      if (status.state() != EndpointStatus.State.LISTENING) {
        binding.close();
        throw new IOException("port " + local.port() + " cannot be used: " + status.reason());
      }
    }
  }

  private void take(Bytes datagram, Path from, Delivery delivery) {
    if (from.remotePort() != spec.port() || !from.remote().equals(spec.remote())) {
      return;
    }
    synchronized (this) {
      if (path == null) {
        path = new HopPath(from, association, association::send);
      }
    }
    association.receive(datagram, delivery);
  }

  private void toNetwork(Bytes datagram) {
    binding.send(datagram, Destination.of(spec.remote(), spec.port()), "");
  }

  Association association() {
    return association;
  }

  /** The way of its messages. */
  synchronized HopPath path() {
    return path;
  }

  /** Our end for people. */
  String local() {
    return local.text();
  }

  /** Closes the port. Not on a thread of the port. */
  void close() {
    binding.close();
  }
}
