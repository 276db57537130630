// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One channel, without sockets: octets in, octets out. Confined to one thread at a time. No method
 * throws for what a peer sent; the state says so. Methods do not block.
 */
@ConsumerType
public interface ChannelEngine {
  /** How a channel is. */
  enum State {
    /** No application octet passes. */
    HANDSHAKING,
    /** The peer is authenticated, and octets pass. */
    ESTABLISHED,
    /** What is left of {@link #takeNetwork} is to be sent, then it is closed. */
    CLOSING,
    /** Ended in good order. */
    CLOSED,
    /** Ended by a fault; {@link ChannelEngine#failure} says which. */
    FAILED
  }

  /** Begins. */
  void start();

  /** Takes what came from the network; for datagrams one of them. */
  void receiveNetwork(ByteBuffer in);

  /**
   * Gives what is to be sent; for datagrams one of them, whole.
   *
   * @return octets put into the buffer; 0 if there is nothing
   */
  int takeNetwork(ByteBuffer out);

  /**
   * Gives what the peer said; for datagrams one message, whole.
   *
   * @return octets put into the buffer; 0 if there is nothing
   */
  int takeApplication(ByteBuffer out);

  /**
   * Protects and queues octets; for datagrams one message.
   *
   * @throws IllegalStateException unless established
   */
  void sendApplication(ByteBuffer in);

  /** How it is. */
  State state();

  /** Why it failed: one line for people, without secrets. Empty unless failed. */
  String failure();

  /** Who the peer is; empty unless established. */
  Optional<AuthenticatedPeer> peer();

  /** What it vouches for; nothing unless established. */
  Assurance assurance();

  /** When {@link #onTimer} is to be called, by {@link SecurityServices#nanos}. */
  OptionalLong nextTimerNanos();

  /** A deadline has come. */
  void onTimer();

  /**
   * Called by the transport after work was done elsewhere (a handshake that runs on a pool): the
   * listener asks the owning thread to take octets again. May be called on any thread.
   */
  default void onReady(Runnable listener) {
    // Engines that do all their work in the methods above have nothing to tell.
  }

  /** Ends it. */
  void close(CloseReason why);
}
