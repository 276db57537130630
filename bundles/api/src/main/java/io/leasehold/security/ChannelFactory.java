// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import java.time.Duration;
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
