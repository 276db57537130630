// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.dtls;

import io.leasehold.security.ChannelFactory;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.ProfileRejectedException;
import io.leasehold.security.SecurityServices;
import io.leasehold.security.engine.KeyMechanism;
import io.leasehold.security.engine.Rules;
import java.util.Set;

/** DTLS with keys that both sides were given beforehand (RFC 4279, RFC 8442). */
public final class DtlsPreSharedKeys extends DtlsProvider {
  /** Name in profiles. */
  public static final String NAME = "dtls-psk";

  /** A provider whose handshakes run in this pool. */
  public DtlsPreSharedKeys(HandshakePool pool) {
    super(NAME, pool);
  }

  @Override
  public ChannelFactory open(ChannelProfile profile, SecurityServices services)
      throws ProfileRejectedException {
    Rules rules = Rules.keysOverDatagrams(profile, Set.of());
    return factory(new KeyMechanism(profile, rules, services), services);
  }
}
