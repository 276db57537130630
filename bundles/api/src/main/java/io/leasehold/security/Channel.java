// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

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
   * Says when channels made until now should be replaced (another provider, profile, credential,
   * peer), or when health changed. Called on any thread; must not block.
   */
  AutoCloseable onChange(Consumer<Change> listener);

  /** What changed. */
  enum Change {
    /** Health only. */
    HEALTH,
    /** New channels are made in another way; old ones drain. */
    RENEWED,
    /** The provider or the profile is gone: channels end now. */
    GONE
  }
}
