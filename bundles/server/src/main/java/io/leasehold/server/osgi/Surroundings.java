// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.allocation.AllocationPolicy;
import io.leasehold.allocation.LeaseGovernor;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.hook.PacketInterceptor;
import io.leasehold.hop.HopTransport;
import io.leasehold.lease.LeaseStore;
import io.leasehold.security.AuditSink;
import io.leasehold.security.Channels;
import io.leasehold.security.PeerAuthorizer;
import io.leasehold.security.PeerDirectory;
import io.leasehold.transport.Transport;
import java.util.List;
import java.util.Map;

/** What the service registry has now. Any thread. */
interface Surroundings {
  LeaseStore store();

  Transport transport();

  List<PacketInterceptor> hooks();

  List<OptionDefinition> definitions();

  /** The same by the bundles that they are from. */
  default List<OptionSources.OfBundle> definitionsOfBundles() {
    return List.of();
  }

  List<AllocationPolicy> policies();

  AllocationPolicy policy(String word);

  /** Who says what may be promised on links that name them. */
  default Map<String, LeaseGovernor> governors() {
    return Map.of();
  }

  /** Ways for connections. */
  default List<HopTransport> hopTransports() {
    return List.of();
  }

  /** Protection of hops; null if nothing gives any. */
  default Channels channelsOrNull() {
    return null;
  }

  /** Peers that are configured; null if nobody knows. */
  default PeerDirectory directoryOrNull() {
    return null;
  }

  /** Notes what must be provable later; null if nothing does. */
  default AuditSink auditOrNull() {
    return null;
  }

  /** Says what peers may; null if nobody does. */
  default PeerAuthorizer authorizerOrNull() {
    return null;
  }
}
