// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.tls;

import io.leasehold.security.Assurance;
import io.leasehold.security.Carrier;
import io.leasehold.security.ChannelFactory;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.ChannelSecurityProvider;
import io.leasehold.security.ProfileRejectedException;
import io.leasehold.security.SecurityServices;
import io.leasehold.security.engine.CertificateMechanism;
import io.leasehold.security.engine.KeyMechanism;
import io.leasehold.security.engine.Mechanism;
import io.leasehold.security.engine.Rules;
import java.util.Set;

/** TLS over streams, by one mechanism of proof. */
public class TlsProvider implements ChannelSecurityProvider {
  /** Name of the provider with certificates. */
  public static final String CERTIFICATES = "tls-cert";

  /** Name of the provider with pre-shared keys. */
  public static final String KEYS = "tls-psk";

  private final String name;
  private final Opening opening;

  /** Makes the mechanism of a profile. */
  @FunctionalInterface
  protected interface Opening {
    /**
     * Looks at a profile.
     *
     * @throws ProfileRejectedException if no channel could be made this way
     */
    Mechanism open(ChannelProfile profile, SecurityServices services)
        throws ProfileRejectedException;
  }

  /** A provider of that name. */
  protected TlsProvider(String name, Opening opening) {
    this.name = name;
    this.opening = opening;
  }

  /** Certificates on both sides. */
  protected static Mechanism certificates(ChannelProfile profile, SecurityServices services)
      throws ProfileRejectedException {
    return new CertificateMechanism(profile, Rules.certificatesOverStream(profile), services);
  }

  /** Keys that both sides were given beforehand. */
  protected static Mechanism preSharedKeys(ChannelProfile profile, SecurityServices services)
      throws ProfileRejectedException {
    return new KeyMechanism(profile, Rules.keysOverStream(profile), services);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Set<Carrier> carriers() {
    return Set.of(Carrier.STREAM);
  }

  @Override
  public final Assurance maximumAssurance() {
    return new Assurance(true, true, true, true, true, true);
  }

  @Override
  public final ChannelFactory open(ChannelProfile profile, SecurityServices services)
      throws ProfileRejectedException {
    return new StreamFactory(opening.open(profile, services));
  }
}
