// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.none;

import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.security.Admission;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.ChannelFactory;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.Health;
import io.leasehold.security.HopEnd;
import io.leasehold.security.PeerSelector;
import java.time.Duration;
import java.util.List;

/** Channels in clear between protected networks. Any thread. */
final class ClearChannels implements ChannelFactory {
  private static final Health INSECURE =
      Health.degraded("INSECURE: nothing protects hops of this profile");

  private final List<Prefix> networks;
  private volatile boolean drained;

  ClearChannels(List<Prefix> networks) {
    this.networks = List.copyOf(networks);
  }

  @Override
  public ChannelEngine newEngine(HandshakeRole role, PeerSelector expected) {
    if (drained) {
      throw new IllegalStateException("the profile is no longer in use");
    }
    return new ClearEngine();
  }

  @Override
  public Admission admit(HopEnd local, HopEnd remote) {
    if (drained) {
      return Admission.refused("the profile is no longer in use");
    }
    if (!inside(local.address()) || !inside(remote.address())) {
      return Admission.refused(
          "not both of %s and %s are inside protected.networks"
              .formatted(local.address(), remote.address()));
    }
    return Admission.inClear();
  }

  private boolean inside(Ipv6 address) {
    for (Prefix network : networks) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Health health() {
    return drained ? Health.unusable("the profile is no longer in use") : INSECURE;
  }

  @Override
  public void drain(Duration grace) {
    drained = true;
  }

  @Override
  public void close() {
    drained = true;
  }
}
