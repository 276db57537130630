// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.upstream;

import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolSubscription;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where messages may go.
 *
 * @param fixed as configured; with a pool, only while it has no members that can be used
 * @param members of the pool, those that can be used
 * @param pool whose members they are; empty if none is configured, or nobody knows any
 */
public record Upstreams(List<Uplink> fixed, List<Member> members, Optional<PoolSubscription> pool) {
  /**
   * A member of a pool.
   *
   * @param member as registered when it came
   * @param uplink by which it is reached
   */
  public record Member(PoolMember member, Uplink uplink) {}

  /** Copies the lists. */
  public Upstreams {
    fixed = List.copyOf(fixed);
    members = List.copyOf(members);
  }

  /** Without a pool. */
  public static Upstreams of(List<Uplink> fixed) {
    return new Upstreams(fixed, List.of(), Optional.empty());
  }

  /** All uplinks, the members' last. */
  List<Uplink> all() {
    return Stream.concat(fixed.stream(), members.stream().map(Member::uplink)).toList();
  }
}
