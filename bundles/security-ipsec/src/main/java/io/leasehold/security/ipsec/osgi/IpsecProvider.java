// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec.osgi;

import io.leasehold.security.Assurance;
import io.leasehold.security.Carrier;
import io.leasehold.security.ChannelFactory;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.ChannelSecurityProvider;
import io.leasehold.security.ProfileRejectedException;
import io.leasehold.security.ProtectionWriter;
import io.leasehold.security.SecurityServices;
import io.leasehold.security.ipsec.IpsecChannels;
import io.leasehold.security.ipsec.IpsecMonitor;
import io.leasehold.security.ipsec.IpsecProfiles;
import io.leasehold.security.ipsec.IpsecSettings;
import java.io.IOException;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** The provider {@code ipsec}, as a service, and the writer of what strongSwan needs. */
@Component(
    service = {ChannelSecurityProvider.class, ProtectionWriter.class},
    property = "security.provider=ipsec")
public final class IpsecProvider implements ChannelSecurityProvider, ProtectionWriter {
  private static final String NAME = "ipsec";

  private final IpsecProfiles profiles = new IpsecProfiles();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String provider() {
    return NAME;
  }

  @Override
  public Set<Carrier> carriers() {
    return Set.of(Carrier.NETWORK);
  }

  @Override
  public Assurance maximumAssurance() {
    return new Assurance(true, true, true, true, true, true);
  }

  /** Begins to talk with strongSwan, which need not run yet: until it does, nothing passes. */
  @Override
  public ChannelFactory open(ChannelProfile profile, SecurityServices services)
      throws ProfileRejectedException {
    IpsecSettings settings = IpsecSettings.of(profile);
    IpsecMonitor monitor = new IpsecMonitor(services, settings.peers());
    ViciSession session;
    try {
      session = new ViciSession(settings.socket(), profile.name(), monitor, services.nanos());
    } catch (IOException e) {
      throw new ProfileRejectedException("channel " + profile.name() + ": " + e.getMessage());
    }
    AutoCloseable watch = services.peers().onChange(session::refresh);
    Runnable forget = profiles.add(profile, settings, services.peers());
    session.start();
    return new IpsecChannels(
        monitor,
        () -> {
          forget.run();
          close(watch);
          session.close();
        });
  }

  private static void close(AutoCloseable watch) {
    try {
      watch.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String configuration(String profile) {
    return profiles.swanctl(profile);
  }

  @Override
  public String laboratory(String profile) {
    return profiles.xfrm(profile);
  }
}
