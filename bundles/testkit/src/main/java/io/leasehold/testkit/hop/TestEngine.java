// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.hop;

import io.leasehold.net.Bytes;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.Carrier;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.ChannelFacts;
import io.leasehold.security.CloseReason;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerSelector;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Looks like TLS from outside and protects nothing: records with type, length of two octets and
 * content. Each side says its name and key in a record of type 22; what it carries is turned with
 * the key so that a test sees whether anything passed in clear. That of provider {@code none}
 * passes everything as it is.
 */
public final class TestEngine implements ChannelEngine {
  /** Record of a handshake, as TLS has it. */
  public static final int HELLO = 0x16;

  /** Record of application data. */
  public static final int DATA = 0x17;

  private static final int ALERT = 0x15;
  private static final int HEADER = 3;
  private static final int MOST_IN_RECORD = 16_384;
  private static final int MOST_IN_DATAGRAM = 60_000;

  private final TestChannels channels;
  private final HandshakeRole role;
  private final PeerSelector expected;
  private final boolean datagrams;
  private final boolean clear;
  private final String generation;
  private final ArrayDeque<ByteBuffer> toNetwork = new ArrayDeque<>();
  private final ArrayDeque<ByteBuffer> toApplication = new ArrayDeque<>();
  private ByteBuffer partial = ByteBuffer.allocate(0);
  private State state = State.HANDSHAKING;
  private String failure = "";
  private Optional<AuthenticatedPeer> peer = Optional.empty();

  TestEngine(
      TestChannels channels,
      HandshakeRole role,
      PeerSelector expected,
      Carrier carrier,
      String generation) {
    this.channels = channels;
    this.role = role;
    this.expected = expected;
    this.datagrams = carrier == Carrier.DATAGRAM;
    this.clear = carrier == Carrier.NETWORK;
    this.generation = generation;
  }

  @Override
  public void start() {
    if (clear) {
      state = State.ESTABLISHED;
    } else if (role == HandshakeRole.CLIENT) {
      toNetwork.add(hello(channels.host(), channels.key()));
    }
  }

  /** The octets by which a host says its name. */
  public static ByteBuffer hello(String name, int key) {
    Bytes octets = Bytes.ofUtf8(name);
    ByteBuffer hello = ByteBuffer.allocate(HEADER + 1 + octets.length());
    hello.put((byte) HELLO).putShort((short) (1 + octets.length())).put((byte) key);
    octets.putInto(hello);
    return hello.flip();
  }

  /** The octets that carry application data. */
  public static ByteBuffer data(ByteBuffer content, int key) {
    ByteBuffer record = ByteBuffer.allocate(HEADER + content.remaining());
    record.put((byte) DATA).putShort((short) content.remaining());
    return record.put(turned(content, key)).flip();
  }

  @Override
  public void receiveNetwork(ByteBuffer in) {
    if (clear) {
      toApplication.add(copy(in));
      return;
    }
    ByteBuffer all = ByteBuffer.allocate(partial.remaining() + in.remaining());
    all.put(partial).put(in).flip();
    while (!isOver() && all.remaining() >= HEADER) {
      int length = all.getShort(all.position() + 1) & 0xffff;
      if (all.remaining() < HEADER + length) {
        break;
      }
      int type = all.get();
      all.getShort();
      record(type, all.slice(all.position(), length));
      all.position(all.position() + length);
    }
    partial = datagrams || isOver() ? ByteBuffer.allocate(0) : all.slice();
  }

  private static ByteBuffer copy(ByteBuffer in) {
    return ByteBuffer.allocate(in.remaining()).put(in).flip();
  }

  private boolean isOver() {
    return state == State.CLOSED || state == State.FAILED;
  }

  private void record(int type, ByteBuffer content) {
    if (type == HELLO && state == State.HANDSHAKING && content.hasRemaining()) {
      hello(content);
    } else if (type == DATA && state == State.ESTABLISHED) {
      toApplication.add(turned(content, channels.key()));
    } else if (type == ALERT) {
      state = state == State.HANDSHAKING ? State.FAILED : State.CLOSED;
      failure = state == State.FAILED ? "the peer refused the handshake" : "";
    } else if (state != State.CLOSING) {
      fail("record of type " + type + " while " + state);
    }
  }

  private void hello(ByteBuffer content) {
    int key = content.get();
    String name = Bytes.copyOf(content).toUtf8();
    Optional<Peer> known = channels.peer(name);
    if (key != channels.key()) {
      fail("the peer has another key");
    } else if (known.isEmpty()) {
      fail("there is no peer " + name);
    } else if (!expected.accepts(known.get())) {
      fail("peer " + name + " is not expected here");
    } else {
      state = State.ESTABLISHED;
      ChannelFacts facts = new ChannelFacts("TEST", "NONE", "", generation, name, Instant.EPOCH);
      peer = Optional.of(new AuthenticatedPeer(name, known.get().roles(), "testing", facts));
      if (role == HandshakeRole.SERVER) {
        toNetwork.add(hello(channels.host(), channels.key()));
      }
    }
  }

  private void fail(String why) {
    state = State.FAILED;
    failure = why;
    peer = Optional.empty();
    toApplication.clear();
    toNetwork.add(record(ALERT));
  }

  private static ByteBuffer record(int type) {
    return ByteBuffer.allocate(HEADER).put((byte) type).putShort((short) 0).flip();
  }

  private static ByteBuffer turned(ByteBuffer content, int key) {
    ByteBuffer turned = ByteBuffer.allocate(content.remaining());
    while (content.hasRemaining()) {
      turned.put((byte) (content.get() ^ 0x5a ^ key));
    }
    return turned.flip();
  }

  @Override
  public int takeNetwork(ByteBuffer out) {
    int taken = take(toNetwork, out);
    if (state == State.CLOSING && toNetwork.isEmpty()) {
      state = State.CLOSED;
    }
    return taken;
  }

  @Override
  public int takeApplication(ByteBuffer out) {
    return take(toApplication, out);
  }

  private int take(ArrayDeque<ByteBuffer> from, ByteBuffer out) {
    int taken = 0;
    while (!from.isEmpty() && out.hasRemaining() && !(datagrams && taken > 0)) {
      ByteBuffer first = from.peek();
      int octets = Math.min(first.remaining(), out.remaining());
      out.put(first.slice(first.position(), octets));
      first.position(first.position() + octets);
      taken += octets;
      if (!first.hasRemaining() || datagrams) {
        from.remove();
      }
    }
    return taken;
  }

  @Override
  public void sendApplication(ByteBuffer in) {
    if (state != State.ESTABLISHED) {
      throw new IllegalStateException("not established");
    }
    if (clear) {
      toNetwork.add(copy(in));
      return;
    }
    int most = datagrams ? MOST_IN_DATAGRAM : MOST_IN_RECORD;
    do {
      int octets = Math.min(most, in.remaining());
      toNetwork.add(data(in.slice(in.position(), octets), channels.key()));
      in.position(in.position() + octets);
    } while (in.hasRemaining());
  }

  @Override
  public State state() {
    return state;
  }

  @Override
  public String failure() {
    return failure;
  }

  @Override
  public Optional<AuthenticatedPeer> peer() {
    return state == State.ESTABLISHED ? peer : Optional.empty();
  }

  @Override
  public Assurance assurance() {
    return peer().isPresent() ? TestChannels.ASSURANCE : Assurance.NONE;
  }

  @Override
  public OptionalLong nextTimerNanos() {
    return OptionalLong.empty();
  }

  @Override
  public void onTimer() {
    throw new IllegalStateException("there is no timer");
  }

  @Override
  public void close(CloseReason why) {
    if (!isOver() && state != State.CLOSING) {
      if (!clear) {
        toNetwork.add(record(ALERT));
      }
      state = State.CLOSING;
    }
  }
}
