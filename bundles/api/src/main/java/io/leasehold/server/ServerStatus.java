// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import io.leasehold.transport.EndpointStatus;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The server's own word on how it is. Methods may be called from any thread but the server's own;
 * some wait for the lanes to end the turn they are in.
 */
@ProviderType
public interface ServerStatus {
  /**
   * Why the server cannot do its work now, a sentence each with the remedy: no plan, an endpoint
   * that does not listen, a store that takes no changes. Empty means ready: a client that asks now
   * is answered.
   */
  List<String> obstacles();

  /**
   * Whether some clients are served although there may be {@link #obstacles()}: there are a plan, a
   * store that takes changes, and an endpoint that listens.
   */
  boolean servesSome();

  /** What works but wants attention: a refused plan, a standing alarm. */
  List<String> alarms();

  /**
   * Facts by name in kebab case, in the order to be shown ("server-duid", "plan", "leases",
   * "ready-since").
   */
  Map<String, String> facts();

  /** Endpoints by transport name. */
  Map<String, List<EndpointStatus>> endpoints();

  /** Every counter of the server and its transports by name, sorted. */
  Map<String, Long> counters();

  /** Use of every subnet: those of DHCPv6 first, then by subnet id. */
  List<SubnetUse> subnets();
}
