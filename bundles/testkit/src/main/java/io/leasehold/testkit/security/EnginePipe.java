// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.security;

import io.leasehold.net.Bytes;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.ChannelEngine.State;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Two engines and a network between them, in memory. Octets arrive whole, in pieces, or all at
 * once; what passed can be read. One thread.
 */
public final class EnginePipe {
  private static final int LARGEST = 65_536;
  private static final int PATIENCE_SECONDS = 10;

  private final ChannelEngine client;
  private final ChannelEngine server;
  private final boolean datagrams;
  private final Semaphore ready = new Semaphore(0);
  private final List<Bytes> toServer = new ArrayList<>();
  private final List<Bytes> toClient = new ArrayList<>();
  private int piece = Integer.MAX_VALUE;

  private EnginePipe(ChannelEngine client, ChannelEngine server, boolean datagrams) {
    this.client = client;
    this.server = server;
    this.datagrams = datagrams;
    client.onReady(ready::release);
    server.onReady(ready::release);
  }

  /** A stream between two engines, which are begun. */
  public static EnginePipe stream(ChannelEngine client, ChannelEngine server) {
    return new EnginePipe(client, server, false).begun();
  }

  /** A stream that carries this many octets at a time. */
  public static EnginePipe streamOf(int octets, ChannelEngine client, ChannelEngine server) {
    EnginePipe pipe = new EnginePipe(client, server, false);
    pipe.piece = octets;
    return pipe.begun();
  }

  /** Datagrams between two engines, which are begun. */
  public static EnginePipe datagrams(ChannelEngine client, ChannelEngine server) {
    return new EnginePipe(client, server, true).begun();
  }

  private EnginePipe begun() {
    server.start();
    client.start();
    return this;
  }

  /** Carries octets until both ends are silent and know how they are. */
  public EnginePipe run() {
    return runUntil(() -> settled(client.state()) && settled(server.state()));
  }

  private static boolean settled(State state) {
    return state != State.HANDSHAKING;
  }

  /** Carries octets until nothing moves and something is so, or the patience ends. */
  public EnginePipe runUntil(BooleanSupplier done) {
    boolean moved = true;
    while (moved || !done.getAsBoolean() && somethingComes()) {
      moved = carry(client, server, toServer) | carry(server, client, toClient);
    }
    return this;
  }

  /** Engines that work in other threads say when there is more. */
  private boolean somethingComes() {
    try {
      return datagrams && ready.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean carry(ChannelEngine from, ChannelEngine to, List<Bytes> record) {
    List<Bytes> taken = take(from);
    record.addAll(taken);
    for (Bytes each : taken) {
      for (int at = 0; at < each.length(); at += Math.min(piece, each.length() - at)) {
        Bytes part = each.slice(at, at + Math.min(piece, each.length() - at));
        to.receiveNetwork(ByteBuffer.wrap(part.toArray()));
      }
    }
    return !taken.isEmpty();
  }

  /** What an engine has for the network: datagrams one by one, a stream in one piece. */
  private List<Bytes> take(ChannelEngine from) {
    List<Bytes> taken = new ArrayList<>();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(LARGEST);
    while (from.takeNetwork(buffer.clear()) > 0) {
      if (datagrams) {
        taken.add(Bytes.copyOf(buffer.flip()));
      } else {
        all.write(buffer.array(), 0, buffer.position());
      }
    }
    if (all.size() > 0) {
      taken.add(Bytes.wrap(all.toByteArray()));
    }
    return taken;
  }

  /** Lets one end say something. */
  public static void say(ChannelEngine engine, Bytes octets) {
    engine.sendApplication(ByteBuffer.wrap(octets.toArray()));
  }

  /** What an engine has heard: all octets of a stream, or one datagram. */
  public Bytes heard(ChannelEngine engine) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(LARGEST);
    do {
      engine.takeApplication(buffer.clear());
      all.write(buffer.array(), 0, buffer.position());
    } while (buffer.position() > 0 && !datagrams);
    return Bytes.wrap(all.toByteArray());
  }

  /** What went to the server. */
  public List<Bytes> toServer() {
    return List.copyOf(toServer);
  }

  /** What went to the client. */
  public List<Bytes> toClient() {
    return List.copyOf(toClient);
  }
}
