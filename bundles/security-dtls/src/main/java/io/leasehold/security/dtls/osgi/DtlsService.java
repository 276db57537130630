// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.dtls.osgi;

import io.leasehold.security.Assurance;
import io.leasehold.security.Carrier;
import io.leasehold.security.ChannelFactory;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.ChannelSecurityProvider;
import io.leasehold.security.ProfileRejectedException;
import io.leasehold.security.SecurityServices;
import java.util.Set;

/** What others see of a provider. */
class DtlsService implements ChannelSecurityProvider {
  private final ChannelSecurityProvider provider;

  DtlsService(ChannelSecurityProvider provider) {
    this.provider = provider;
  }

  @Override
  public final String name() {
    return provider.name();
  }

  @Override
  public final Set<Carrier> carriers() {
    return provider.carriers();
  }

  @Override
  public final Assurance maximumAssurance() {
    return provider.maximumAssurance();
  }

  @Override
  public final ChannelFactory open(ChannelProfile profile, SecurityServices services)
      throws ProfileRejectedException {
    return provider.open(profile, services);
  }
}
