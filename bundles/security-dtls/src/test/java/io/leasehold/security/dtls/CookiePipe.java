// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.dtls;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.ChannelEngine.State;
import io.leasehold.security.ChannelFactory;
import io.leasehold.security.HopEnd;
import io.leasehold.security.PeerSelector;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A client and whoever accepts it, with datagrams between them that may be lost. One thread. */
final class CookiePipe {
  static final HopEnd CLIENT = new HopEnd(Ipv6.ofText("2001:db8::17"), 4711);

  final ChannelEngine client;
  private final ChannelFactory acceptor;
  private final PeerSelector expected;
  private final Semaphore ready = new Semaphore(0);
  final List<Bytes> toServer = new ArrayList<>();
  final List<Bytes> toClient = new ArrayList<>();

  /** Whether a datagram arrives. */
  Predicate<Bytes> arrives = datagram -> true;

  /** What becomes of datagrams to the server. */
  UnaryOperator<Bytes> onTheWay = UnaryOperator.identity();

  ChannelEngine server;

  CookiePipe(ChannelEngine client, ChannelFactory acceptor, PeerSelector expected) {
    this.client = client;
    this.acceptor = acceptor;
    this.expected = expected;
    client.onReady(ready::release);
    client.start();
  }

  /** Carries datagrams until something is so. */
  void until(Duration patience, BooleanSupplier done) {
    long end = System.nanoTime() + patience.toNanos();
    carry();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError(
            "client %s %s, server %s"
                .formatted(
                    client.state(),
                    client.failure(),
                    server == null ? "none" : server.state() + " " + server.failure()));
      }
      await();
      carry();
    }
  }

  void untilEstablished() {
    until(
        Duration.ofSeconds(20),
        () ->
            client.state() == State.ESTABLISHED
                && server != null
                && server.state() == State.ESTABLISHED);
  }

  private void await() {
    try {
      ready.tryAcquire(20, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  void carry() {
    for (Bytes each : taken(client)) {
      toServer.add(each);
      if (arrives.test(each)) {
        deliver(onTheWay.apply(each));
      }
    }
    if (server != null) {
      taken(server).forEach(this::answer);
    }
  }

  private void deliver(Bytes datagram) {
    if (server != null) {
      server.receiveNetwork(ByteBuffer.wrap(datagram.toArray()));
      return;
    }
    acceptor
        .accept(CLIENT, datagram, expected, this::answer)
        .ifPresent(
            engine -> {
              server = engine;
              engine.onReady(ready::release);
              engine.start();
            });
  }

  private void answer(Bytes datagram) {
    toClient.add(datagram);
    if (arrives.test(datagram)) {
      client.receiveNetwork(ByteBuffer.wrap(datagram.toArray()));
    }
  }

  /** All datagrams that an engine has for the network. */
  static List<Bytes> taken(ChannelEngine engine) {
    List<Bytes> taken = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.allocate(65_536);
    while (engine.takeNetwork(buffer.clear()) > 0) {
      taken.add(Bytes.copyOf(buffer.flip()));
    }
    return taken;
  }

  /** The next message that an engine heard; empty if there is none. */
  static Bytes heard(ChannelEngine engine) {
    ByteBuffer buffer = ByteBuffer.allocate(65_536);
    engine.takeApplication(buffer);
    return Bytes.copyOf(buffer.flip());
  }

  static void say(ChannelEngine engine, Bytes message) {
    engine.sendApplication(ByteBuffer.wrap(message.toArray()));
  }
}
