// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.dtls.osgi;

import io.leasehold.security.ChannelSecurityProvider;
import io.leasehold.security.dtls.DtlsCertificates;
import io.leasehold.security.dtls.HandshakePool;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The provider {@code dtls-cert}, as a service. */
@Component(
    service = ChannelSecurityProvider.class,
    property = "security.provider=" + DtlsCertificates.NAME)
public final class DtlsCertificatesComponent extends DtlsService {
  /** A provider; handshakes run in the pool of the bundle. */
  @Activate
  public DtlsCertificatesComponent(@Reference HandshakePool pool) {
    super(new DtlsCertificates(pool));
  }
}
