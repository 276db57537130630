// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.channel;

import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.CloseReason;
import io.leasehold.security.Credential;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerSelector;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A provider's engine that the core can end, whoever uses it: of a peer that was removed nothing
 * passes any more, even if its transport hears of it late. Confined to the thread of its user, but
 * for {@link #order} and what it tells the core.
 */
final class GuardedEngine implements ChannelEngine {
  /** What the core wants to know of an engine. */
  interface Supervisor {
    /** Whether a peer that has just proved who it is may stay. */
    boolean admits(GuardedEngine engine, AuthenticatedPeer peer);
  }

  /**
   * What the rights of a peer rest on.
   *
   * @param peer its entry in the directory, as it was
   * @param credential by which it proved who it is; null for certificates
   */
  record Ground(Peer peer, Credential credential) {}

  private final Supervisor supervisor;
  private final PeerSelector expected;
  private final long generation;

  private final ChannelEngine engine;

  private volatile CloseReason ordered;
  private volatile Ground ground;
  private volatile boolean over;
  private volatile Runnable waker = () -> {};
  private boolean closed;
  private boolean met;
  private boolean obeyed;

  GuardedEngine(
      ChannelEngine engine, PeerSelector expected, long generation, Supervisor supervisor) {
    this.engine = engine;
    this.expected = expected;
    this.generation = generation;
    this.supervisor = supervisor;
  }

  PeerSelector expected() {
    return expected;
  }

  long generation() {
    return generation;
  }

  /** Whether it has ended. Any thread. */
  boolean over() {
    return over;
  }

  /** Whom it met, by which entry and pre-shared key; a key of null is none of ours to watch. */
  void rests(Peer entry, Credential credential) {
    ground = new Ground(entry, credential);
  }

  /** What its peer's rights rest on; null while there is no peer. Any thread. */
  Ground ground() {
    return ground;
  }

  /** Ends it as soon as its thread touches it, which it is asked to do at once. Any thread. */
  void order(CloseReason why) {
    if (ordered == null && !over) {
      ordered = why;
      waker.run();
    }
  }

  private void obey() {
    if (ordered != null && !obeyed) {
      obeyed = true;
      engine.close(ordered);
    }
  }

  /** Looks how it is after each step. */
  private void look() {
    State state = engine.state();
    if (state == State.ESTABLISHED && !met && !obeyed) {
      met = true;
      AuthenticatedPeer peer = engine.peer().orElse(null);
      if (peer != null && !supervisor.admits(this, peer)) {
        obeyed = true;
        ordered = CloseReason.VIOLATION;
        engine.close(CloseReason.VIOLATION);
      }
    }
    if ((state == State.CLOSED || state == State.FAILED) && !over) {
      over = true;
    }
  }

  private boolean silenced() {
    return obeyed || closed;
  }

  @Override
  public void start() {
    obey();
    engine.start();
    look();
  }

  @Override
  public void receiveNetwork(ByteBuffer in) {
    obey();
    engine.receiveNetwork(in);
    look();
  }

  @Override
  public int takeNetwork(ByteBuffer out) {
    obey();
    int taken = engine.takeNetwork(out);
    look();
    return taken;
  }

  @Override
  public int takeApplication(ByteBuffer out) {
    obey();
    // What comes after the end of the peer's rights is nobody's.
    int taken = silenced() ? 0 : engine.takeApplication(out);
    look();
    return silenced() ? 0 : taken;
  }

  @Override
  public void sendApplication(ByteBuffer in) {
    obey();
    if (silenced()) {
      throw new IllegalStateException("the channel is being ended");
    }
    engine.sendApplication(in);
  }

  @Override
  public State state() {
    obey();
    look();
    State state = engine.state();
    return silenced() && state == State.ESTABLISHED ? State.CLOSING : state;
  }

  @Override
  public String failure() {
    return engine.failure();
  }

  @Override
  public Optional<AuthenticatedPeer> peer() {
    return state() == State.ESTABLISHED ? engine.peer() : Optional.empty();
  }

  @Override
  public Assurance assurance() {
    return state() == State.ESTABLISHED ? engine.assurance() : Assurance.NONE;
  }

  @Override
  public OptionalLong nextTimerNanos() {
    return engine.nextTimerNanos();
  }

  @Override
  public void onTimer() {
    obey();
    engine.onTimer();
    look();
  }

  @Override
  public void onReady(Runnable listener) {
    waker = listener;
    engine.onReady(listener);
    if (ordered != null) {
      listener.run();
    }
  }

  @Override
  public void close(CloseReason why) {
    closed = true;
    engine.close(why);
    look();
    over = true;
  }
}
