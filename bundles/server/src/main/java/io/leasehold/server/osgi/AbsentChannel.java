// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.security.Admission;
import io.leasehold.security.Carrier;
import io.leasehold.security.Channel;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.Health;
import io.leasehold.security.HopEnd;
import io.leasehold.security.PeerSelector;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A channel while nothing gives any: it lets nothing pass. */
record AbsentChannel(String name) implements Channel {
  private static final String REASON = "nothing gives channels";

  @Override
  public Optional<ChannelProfile> profile() {
    return Optional.empty();
  }

  @Override
  public Health health() {
    return Health.unusable(REASON);
  }

  @Override
  public Set<Carrier> carriers() {
    return Set.of();
  }

  @Override
  public Admission admit(HopEnd local, HopEnd remote) {
    return Admission.refused(REASON);
  }

  @Override
  public ChannelEngine newEngine(HandshakeRole role, PeerSelector expected) {
    throw new IllegalStateException(REASON);
  }

  @Override
  public AutoCloseable onChange(Consumer<Change> listener) {
    return () -> {};
  }
}
