// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.hop.Application;
import io.leasehold.hop.Framing;
import io.leasehold.net.Bytes;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.CloseReason;
import io.leasehold.security.HandshakeRole;
import io.leasehold.transport.connection.Protection;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What goes on in a connection, without its socket: what is said before TLS, the channel, the
 * messages. After {@link Events#over} nothing is taken or sent. One thread.
 */
final class Session {
  /** Octets that may come before the peer is known. */
  static final int MOST_EARLY_OCTETS = 64 * 1024;

  /** What becomes of octets and messages. */
  interface Events {
    /** Octets for the network, to be copied before the call returns. */
    void write(ByteBuffer octets);

    /** All that was written may go. */
    void flush();

    /** The peer is known, and messages pass. */
    void established();

    /** A message came. */
    void message(Bytes message);

    /** There are no more messages for the moment. */
    void gathered();

    /** Nothing more can come of it. */
    void over(Ending why, String detail);

    /** Work was done elsewhere: the owning thread is to call {@link Session#pump}. Any thread. */
    void ready();
  }

  private final HopSpec spec;
  private final TcpPath.Ends ends;
  private final Events events;
  private final Deadlines deadlines;
  private final ByteBuffer scratch;
  private final Frames frames;
  private final Gathering gathering;
  private Preamble preamble;
  private ChannelEngine engine;
  private int earlyOctets;
  private boolean established;
  private boolean over;

  /**
   * A session between two hosts that are connected.
   *
   * @param scratch memory that is used within a call only
   */
  Session(HopSpec spec, TcpPath.Ends ends, Events events, Deadlines deadlines, ByteBuffer scratch) {
    this.spec = spec;
    this.frames = new Frames(spec.application().framing(), Frames.MOST_OCTETS);
    this.gathering = new Gathering(spec.application().framing());
    this.ends = ends;
    this.events = events;
    this.deadlines = deadlines;
    this.scratch = scratch;
  }

  /**
   * Begins.
   *
   * @param transactionId of a question for TLS
   */
  void start(int transactionId) {
    try {
      spec.protection().check(ends.local(), ends.remote());
    } catch (Protection.Refused e) {
      over(Ending.CHANNEL_DOWN, e.getMessage());
      return;
    }
    boolean clear = spec.protection().isInClear();
    if (spec.role() == HandshakeRole.SERVER) {
      preamble =
          spec.startTls() && !clear
              ? Preamble.awaitingQuestion(spec.application())
              : Preamble.listening(spec.application(), clear);
    } else if (spec.startTls() && !clear) {
      preamble = Preamble.asking(spec.application(), transactionId);
      deadlines.asked();
      reply();
    } else {
      begin();
    }
  }

  /** Takes octets of the network. */
  void take(ByteBuffer in) {
    if (over) {
      return;
    }
    if (!established) {
      earlyOctets += in.remaining();
      if (earlyOctets > MOST_EARLY_OCTETS) {
        over(Ending.HANDSHAKE_TOO_LONG, "more octets than a handshake needs");
        return;
      }
    }
    if (engine != null || isBegun(in)) {
      engine.receiveNetwork(in);
      pump();
    }
  }

  /** Whether the channel may have the octets. */
  private boolean isBegun(ByteBuffer in) {
    Preamble.Step step = preamble.take(in);
    reply();
    if (step == Preamble.Step.FAIL) {
      over(preamble.ending(), preamble.failure());
    } else if (step == Preamble.Step.BEGIN) {
      begin();
      if (!over && !preamble.first().isEmpty()) {
        message(preamble.first());
        events.gathered();
      }
    }
    return engine != null && !over;
  }

  private void reply() {
    Bytes reply = preamble.reply();
    if (!reply.isEmpty()) {
      events.write(Frames.framed(spec.application().framing(), reply));
      events.flush();
    }
  }

  private void begin() {
    deadlines.begun();
    try {
      engine = spec.protection().engine(spec.role(), spec.expected());
    } catch (Protection.Refused e) {
      over(Ending.CHANNEL_DOWN, e.getMessage());
      return;
    }
    engine.onReady(events::ready);
    engine.start();
    pump();
  }

  /** Moves octets between the channel, the network and the messages. */
  void pump() {
    if (over || engine == null) {
      return;
    }
    toNetwork();
    if (engine.state() == ChannelEngine.State.ESTABLISHED && !established) {
      establish();
    }
    fromApplication();
    if (!over) {
      toNetwork();
      judge();
    }
    events.flush();
  }

  private void toNetwork() {
    while (engine.takeNetwork(scratch.clear()) > 0) {
      events.write(scratch.flip());
    }
  }

  private void fromApplication() {
    boolean any = false;
    while (!over && engine.takeApplication(scratch.clear()) > 0) {
      scratch.flip();
      Bytes message = frames.next(scratch);
      while (message != null) {
        message(message);
        any = true;
        message = frames.next(scratch);
      }
      if (frames.isInvalid()) {
        over(Ending.FRAME_INVALID, "a message has an impossible length");
      }
    }
    deadlines.partial(frames.isPartial(), any, System.nanoTime());
    if (any) {
      events.gathered();
    }
  }

  private void message(Bytes message) {
    deadlines.message(System.nanoTime());
    events.message(message);
  }

  private void establish() {
    if (engine.peer().isEmpty() && !spec.protection().isInClear()) {
      over(Ending.HANDSHAKE_FAILED, "the provider does not say who the peer is");
      return;
    }
    established = true;
    deadlines.established(System.nanoTime());
    events.established();
  }

  private void judge() {
    switch (engine.state()) {
      case FAILED ->
          over(established ? Ending.PROTECTION_FAILED : Ending.HANDSHAKE_FAILED, engine.failure());
      case CLOSING, CLOSED -> over(Ending.CLOSED_BY_PEER, "the peer ended the connection");
      default -> {
        // Messages pass, or will.
      }
    }
  }

  /** Whether a message can be sent. */
  boolean maySend() {
    return established && !over && engine.state() == ChannelEngine.State.ESTABLISHED;
  }

  /**
   * Sends a message in a record of its own (RFC 7724 section 5.1 wants it); does not flush.
   * Messages of failover and of pools are many, and share records: then {@link #sendGathered} has
   * to follow.
   */
  void send(Bytes message) {
    if (!sharesRecords(spec.application())) {
      send(Frames.framed(spec.application().framing(), message));
    } else if (!gathering.add(message)) {
      sendGathered();
      if (!gathering.add(message)) {
        send(Frames.framed(spec.application().framing(), message));
      }
    }
  }

  private static boolean sharesRecords(Application application) {
    return application == Application.FAILOVER || application.framing() == Framing.LENGTH_WITHIN;
  }

  /** Sends what {@link #send} has kept; does not flush. */
  void sendGathered() {
    if (!gathering.isEmpty()) {
      send(gathering.take());
    }
  }

  private void send(ByteBuffer frames) {
    engine.sendApplication(frames);
    deadlines.sent(System.nanoTime());
    toNetwork();
  }

  /** Time has passed. */
  void tick(long nanos) {
    if (!over && engine != null && engine.nextTimerNanos().isPresent()) {
      if (nanos - engine.nextTimerNanos().getAsLong() >= 0) {
        engine.onTimer();
        pump();
      }
    }
  }

  /** Ends it from this side: what the channel says to that is written and flushed. */
  void close(CloseReason why) {
    over = true;
    if (engine != null) {
      engine.close(why);
      toNetwork();
    }
    events.flush();
  }

  private void over(Ending why, String detail) {
    if (!over) {
      events.over(why, detail);
    }
  }

  /** Whether its channel was made. */
  boolean hasBegun() {
    return engine != null;
  }

  /** Why the connection ended, if it did so without a word. */
  Ending cut() {
    if (established) {
      return spec.protection().isInClear() ? Ending.CLOSED_BY_PEER : Ending.CONNECTION_LOST;
    }
    return spec.role() == HandshakeRole.CLIENT && preamble != null && engine == null
        ? Ending.STARTTLS_REFUSED
        : Ending.HANDSHAKE_FAILED;
  }

  /** Who is at the other end; empty unless established, and in clear. */
  Optional<AuthenticatedPeer> peer() {
    return engine.peer();
  }

  /** What the channel vouches for. */
  Assurance assurance() {
    return engine.assurance();
  }
}
