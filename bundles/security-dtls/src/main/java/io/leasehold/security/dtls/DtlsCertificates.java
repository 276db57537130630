// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.dtls;

import io.leasehold.security.ChannelFactory;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.ProfileRejectedException;
import io.leasehold.security.SecurityServices;
import io.leasehold.security.engine.CertificateMechanism;
import io.leasehold.security.engine.Rules;
import java.util.Set;

/** DTLS with certificates on both sides. */
public final class DtlsCertificates extends DtlsProvider {
  /** Name in profiles. */
  public static final String NAME = "dtls-cert";

  /** A provider whose handshakes run in this pool. */
  public DtlsCertificates(HandshakePool pool) {
    super(NAME, pool);
  }

  @Override
  public ChannelFactory open(ChannelProfile profile, SecurityServices services)
      throws ProfileRejectedException {
    Rules rules = Rules.certificatesOverDatagrams(profile, Set.of());
    return factory(new CertificateMechanism(profile, rules, services), services);
  }
}
