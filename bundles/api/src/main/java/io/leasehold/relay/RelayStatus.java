// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay;

import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.pool.PoolHandle;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolView;
import io.leasehold.security.Assurance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** One configured relay agent. May be asked from any thread. */
@ProviderType
public interface RelayStatus {
  /** Name of the instance. */
  String name();

  /** Interfaces on which clients are, and those that lead to servers. */
  List<RelayInterface> interfaces();

  /** Where messages go. */
  List<Upstream> upstreams();

  /** The pool whose members messages go to; empty if none is configured. */
  default Optional<PoolUse> pool() {
    return Optional.empty();
  }

  /** Delegated prefixes that are remembered (RFC 8987). */
  List<DelegatedPrefix> prefixes();

  /** Counters by name in kebab case. */
  Map<String, Long> counters();

  /**
   * Why clients are not relayed now, a sentence each with the remedy: no interface listens, no way
   * leads to a server. Empty means ready.
   */
  default List<String> obstacles() {
    return List.of();
  }

  /** What wants attention, a sentence each. */
  List<String> alarms();

  /**
   * An interface.
   *
   * @param name of it
   * @param role {@code client}, {@code upstream} or {@code trusted}
   * @param linkAddress6 link-address of DHCPv6, as text; empty if there is none
   * @param relayAddress4 giaddr of DHCPv4, as text; empty if there is none
   * @param state for people
   */
  record RelayInterface(
      String name, String role, String linkAddress6, String relayAddress4, String state) {}

  /**
   * A server, or a relay agent nearer to it.
   *
   * @param uri as configured
   * @param healthy whether messages go there
   * @param reason why not; empty if they do
   * @param assurance what the hop vouches for
   * @param forwarded messages sent there
   * @param answered messages that came from there
   */
  record Upstream(
      String uri,
      boolean healthy,
      String reason,
      Assurance assurance,
      long forwarded,
      long answered) {}

  /**
   * A pool of servers.
   *
   * @param handle of it
   * @param view what is known of it; empty while no pool user is installed
   * @param fallback whether messages go to the fixed upstreams, because it has no members that can
   *     be used
   * @param members those that can be used; they are among the upstreams, too
   */
  record PoolUse(
      PoolHandle handle, Optional<PoolView> view, boolean fallback, List<MemberUse> members) {
    /** Copies the members. */
    public PoolUse {
      members = List.copyOf(members);
    }
  }

  /**
   * A member of a pool.
   *
   * @param member as registered
   * @param upstream how the relay agent fares with it; forwarded is how often it was chosen
   */
  record MemberUse(PoolMember member, Upstream upstream) {}

  /**
   * A prefix that was delegated through the relay agent.
   *
   * @param prefix itself
   * @param nextHop link-local address of the client
   * @param interfaceName where the client is
   * @param validUntil end of its valid lifetime
   * @param routed whether the route is in place
   */
  record DelegatedPrefix(
      Prefix prefix, Ipv6 nextHop, String interfaceName, Instant validUntil, boolean routed) {}
}
