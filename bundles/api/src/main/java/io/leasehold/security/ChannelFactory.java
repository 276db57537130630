// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import io.leasehold.net.Bytes;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Channels of one profile. May be used from any thread. Credentials are read when an engine is
 * made.
 */
@ConsumerType
public interface ChannelFactory extends AutoCloseable {
  /**
   * A channel over a stream or datagrams, not begun.
   *
   * @throws IllegalStateException if {@link #health} is unusable or after {@link #drain}
   */
  ChannelEngine newEngine(HandshakeRole role, PeerSelector expected);

  /**
   * The channel for the first datagram of a sender, once the sender has shown that it hears what is
   * sent to its address (RFC 6347 section 4.2.1). It is not begun, and begins with this datagram.
   * Until then nothing is kept of the sender; it may be answered, by at most 64 octets more than it
   * sent. Fast, and may be called by several threads at once.
   *
   * @param from address and port of the sender
   * @param expected who it must be
   * @param answer takes the datagram that goes back, if there is one; called before this returns
   * @return empty if there is no channel, yet
   * @throws IllegalStateException if {@link #health} is unusable or after {@link #drain}
   */
  default Optional<ChannelEngine> accept(
      HopEnd from, Bytes datagram, PeerSelector expected, Consumer<Bytes> answer) {
    return Optional.empty();
  }

  /**
   * Whether a message may be sent or taken between two hosts, for {@link Carrier#NETWORK}. Fast:
   * called for every message.
   */
  default Admission admit(HopEnd local, HopEnd remote) {
    return Admission.refused("provider has no channels below the transport");
  }

  /** How it is. */
  Health health();

  /** Makes no new channels; those that live may end by themselves within the time. */
  void drain(Duration grace);

  /** Ends all, erases keys and leaves no thread and no timer. */
  @Override
  void close();
}
