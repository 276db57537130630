// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.channel;

import io.leasehold.security.ChannelFactory;
import io.leasehold.security.ChannelSecurityProvider;
import io.leasehold.security.Health;
import io.leasehold.security.ProfileRejectedException;
import io.leasehold.security.SecurityServices;
import io.leasehold.security.core.listen.Listeners;
import java.util.Objects;
import java.util.Optional;

/**
 * A profile opened by a provider.
 *
 * @param spec the profile
 * @param offer the provider
 * @param factory what the provider made; empty if it rejected the profile
 * @param rejection why; empty if it did not
 */
record Opened(
    ChannelSpec spec, ProviderOffer offer, Optional<ChannelFactory> factory, String rejection) {

  static Opened by(ProviderOffer offer, ChannelSpec spec, SecurityServices services) {
    try {
      ChannelFactory factory = offer.provider().open(spec.profile(), services);
      return new Opened(spec, offer, Optional.of(factory), "");
    } catch (ProfileRejectedException e) {
      return new Opened(spec, offer, Optional.empty(), e.getMessage());
    } catch (RuntimeException | LinkageError e) { // a provider's fault must not end the others
      return new Opened(
          spec, offer, Optional.empty(), offer.label() + " failed with the profile: " + e);
    }
  }

  Health health() {
    if (factory.isEmpty()) {
      return Health.unusable(rejection);
    }
    try {
      return Objects.requireNonNull(factory.get().health());
    } catch (RuntimeException | LinkageError e) {
      return Health.unusable(offer.label() + " failed: " + e);
    }
  }

  /** Whether both say and use the same. */
  boolean isOf(ChannelSpec other, ProviderOffer by) {
    return spec.equals(other) && isBy(by.provider());
  }

  boolean isBy(ChannelSecurityProvider provider) {
    return offer.provider() == provider;
  }

  void drain() {
    factory.ifPresent(it -> Listeners.guarded(() -> it.drain(spec.drain())));
  }

  void close() {
    factory.ifPresent(it -> Listeners.guarded(it::close));
  }
}
