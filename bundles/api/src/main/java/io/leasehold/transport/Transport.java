// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport;

import org.osgi.annotation.versioning.ConsumerType;

/** A way for whole messages in and out of this host. All methods may be called from any thread. */
@ConsumerType
public interface Transport {
  /** Name for operators and for configuration, for example {@code udp}. */
  String name();

  /**
   * Starts to listen. Returns at once: an endpoint that cannot be opened now (interface absent,
   * address still tentative, port in use) is tried again until it can, and is told by {@link
   * Binding#endpoints()} meanwhile.
   */
  Binding bind(BindSpec spec, Inbound inbound);
}
