// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.none.osgi;

import io.leasehold.security.Assurance;
import io.leasehold.security.Carrier;
import io.leasehold.security.ChannelFactory;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.ChannelSecurityProvider;
import io.leasehold.security.ProfileRejectedException;
import io.leasehold.security.SecurityServices;
import io.leasehold.security.none.NoneProvider;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** The service. */
@Component(service = ChannelSecurityProvider.class, property = "security.provider=none")
public final class NoneComponent implements ChannelSecurityProvider {
  private final NoneProvider provider = new NoneProvider();

  @Override
  public String name() {
    return provider.name();
  }

  @Override
  public Set<Carrier> carriers() {
    return provider.carriers();
  }

  @Override
  public Assurance maximumAssurance() {
    return provider.maximumAssurance();
  }

  @Override
  public ChannelFactory open(ChannelProfile profile, SecurityServices services)
      throws ProfileRejectedException {
    return provider.open(profile, services);
  }
}
