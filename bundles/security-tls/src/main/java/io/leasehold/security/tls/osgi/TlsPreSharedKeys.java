// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.tls.osgi;

import io.leasehold.security.ChannelSecurityProvider;
import io.leasehold.security.tls.TlsProvider;
import org.osgi.service.component.annotations.Component;

/** Keys that both sides were given beforehand (RFC 9257), as a service. */
@Component(
    service = ChannelSecurityProvider.class,
    property = "security.provider=" + TlsProvider.KEYS)
public final class TlsPreSharedKeys extends TlsProvider {
  /** Made by the framework. */
  public TlsPreSharedKeys() {
    super(KEYS, TlsProvider::preSharedKeys);
  }
}
