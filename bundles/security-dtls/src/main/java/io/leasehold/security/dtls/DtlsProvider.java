// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.dtls;

import io.leasehold.security.Assurance;
import io.leasehold.security.Carrier;
import io.leasehold.security.ChannelFactory;
import io.leasehold.security.ChannelSecurityProvider;
import io.leasehold.security.SecurityServices;
import io.leasehold.security.engine.Mechanism;
import java.util.Set;

/** What the providers of DTLS have in common. */
public abstract sealed class DtlsProvider implements ChannelSecurityProvider
    permits DtlsCertificates, DtlsPreSharedKeys {
  private final String name;
  private final HandshakePool pool;

  DtlsProvider(String name, HandshakePool pool) {
    this.name = name;
    this.pool = pool;
  }

  final ChannelFactory factory(Mechanism mechanism, SecurityServices services) {
    return new DtlsFactory(mechanism, pool, services);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Set<Carrier> carriers() {
    return Set.of(Carrier.DATAGRAM);
  }

  @Override
  public final Assurance maximumAssurance() {
    return new Assurance(true, true, true, true, true, false);
  }
}
