// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.dtls.osgi;

import io.leasehold.security.ChannelSecurityProvider;
import io.leasehold.security.dtls.DtlsPreSharedKeys;
import io.leasehold.security.dtls.HandshakePool;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The provider {@code dtls-psk}, as a service. */
@Component(
    service = ChannelSecurityProvider.class,
    property = "security.provider=" + DtlsPreSharedKeys.NAME)
public final class DtlsPreSharedKeysComponent extends DtlsService {
  /** A provider; handshakes run in the pool of the bundle. */
  @Activate
  public DtlsPreSharedKeysComponent(@Reference HandshakePool pool) {
    super(new DtlsPreSharedKeys(pool));
  }
}
