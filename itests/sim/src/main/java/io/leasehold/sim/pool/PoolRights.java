// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pool;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelFacts;
import io.leasehold.security.PeerAuthorizer;
import io.leasehold.security.PeerRole;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Who is who in a world, and which pools they may join. */
final class PoolRights implements PeerAuthorizer {
  private static final ChannelFacts FACTS =
      new ChannelFacts("none", "none", "", "", "", Instant.EPOCH);

  private final Map<String, Set<Bytes>> pools = new HashMap<>();

  static AuthenticatedPeer peer(String name, PeerRole... roles) {
    return new AuthenticatedPeer(name, Set.of(roles), "sim", FACTS);
  }

  void permit(String peer, Bytes handle) {
    pools.computeIfAbsent(peer, name -> new HashSet<>()).add(handle);
  }

  @Override
  public boolean permits(AuthenticatedPeer peer, PeerRole role) {
    return peer.roles().contains(role);
  }

  @Override
  public boolean permitsLink(AuthenticatedPeer peer, Ipv6 linkAddress) {
    return false;
  }

  @Override
  public boolean permitsPool(AuthenticatedPeer peer, Bytes handle) {
    return pools.getOrDefault(peer.peerId(), Set.of()).contains(handle);
  }
}
