// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.tls.osgi;

import io.leasehold.security.ChannelSecurityProvider;
import io.leasehold.security.tls.TlsProvider;
import org.osgi.service.component.annotations.Component;

/** Certificates on both sides, as a service. */
@Component(
    service = ChannelSecurityProvider.class,
    property = "security.provider=" + TlsProvider.CERTIFICATES)
public final class TlsCertificates extends TlsProvider {
  /** Made by the framework. */
  public TlsCertificates() {
    super(CERTIFICATES, TlsProvider::certificates);
  }
}
