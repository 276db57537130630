// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import io.leasehold.net.Bytes;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A profile in use: the provider may come, change and go, the channel stays and says how it is.
 * While it is down nothing passes, in no weaker way either. May be used from any thread.
 */
@ProviderType
public interface Channel {
  /** Name of the profile. */
  String name();

  /** The profile; empty while there is none of that name, or it was rejected. */
  Optional<ChannelProfile> profile();

  /** How it is: unusable while profile, provider or credential is missing, with the reason. */
  Health health();

  /** What its channels run over; empty while it is down. */
  Set<Carrier> carriers();

  /**
   * Whether messages pass unprotected: provider {@code none}, acknowledged, and both ends inside
   * the protected networks.
   */
  Admission admit(HopEnd local, HopEnd remote);

  /**
   * A channel, not begun.
   *
   * @throws IllegalStateException while {@link #health} is unusable; the message is the reason
   */
  ChannelEngine newEngine(HandshakeRole role, PeerSelector expected);

  /**
   * The channel for the first datagram of a sender, once the sender has shown that it hears what is
   * sent to its address (RFC 6347 section 4.2.1). It is not begun, and begins with this datagram.
   * Until then nothing is kept of the sender; it may be answered, by at most 64 octets more than it
   * sent.
   *
   * @param from address and port of the sender
   * @param expected who it must be
   * @param answer takes the datagram that goes back, if there is one; called before this returns
   * @return empty if there is no channel, yet
   * @throws IllegalStateException while {@link #health} is unusable; the message is the reason
   */
  default Optional<ChannelEngine> accept(
      HopEnd from, Bytes datagram, PeerSelector expected, Consumer<Bytes> answer) {
    return Optional.empty();
  }

  /**
   * Says when channels made until now should be replaced (another provider, profile, credential,
   * peer), or when health changed. Called on any thread; must not block.
   */
  AutoCloseable onChange(Consumer<Change> listener);

  /**
   * How long, from the last {@link Change#RENEWED} on, channels that were made before it may live
   * on: {@code drain.seconds} of the profile, or less if somebody is trusted no more. Then they are
   * ended, also if their users do nothing.
   */
  default Duration grace() {
    return Duration.ofSeconds(30);
  }

  /** What changed. */
  enum Change {
    /** Health only. */
    HEALTH,
    /** New channels are made in another way; old ones drain, for {@link Channel#grace}. */
    RENEWED,
    /** The provider or the profile is gone: channels end now. */
    GONE
  }
}
