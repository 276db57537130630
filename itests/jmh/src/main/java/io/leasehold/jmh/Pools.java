// SPDX-License-Identifier: Apache-2.0
package io.leasehold.jmh;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.policy.HashValues;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.session.Sessions;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelFacts;
import io.leasehold.security.PeerRole;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Members of pools, and who asks for them. */
final class Pools {
  static final PoolHandle POOL = PoolHandle.of("dhcp6-core");
  private static final int PAIR = 2;
  private static final Ipv6 FIRST = Ipv6.ofText("2001:db8::1");

  private Pools() {}

  /** Pairs of a pool by client hash: each two members are a group. */
  static List<PoolElement> pairs(int members) {
    return IntStream.range(0, members)
        .mapToObj(i -> element(i, HashValues.weighted(1 + i / PAIR, 100, i % PAIR).toPolicy()))
        .toList();
  }

  /** Members that take turns. */
  static List<PoolElement> turns(int members) {
    return IntStream.range(0, members).mapToObj(i -> element(i, PoolPolicy.ROUND_ROBIN)).toList();
  }

  private static PoolElement element(int number, PoolPolicy policy) {
    Ipv6 address = FIRST.plus(number);
    return new PoolElement(
        number + 1L,
        0,
        PoolElement.INFINITE_LIFE,
        PortTransport.udp(address, 547),
        policy,
        Optional.of(PortTransport.tcp(address, 0)));
  }

  /** A peer on a protected connection. */
  static Caller caller(PeerRole role) {
    ChannelFacts facts = new ChannelFacts("TLSv1.3", "", "", "", "", Instant.EPOCH);
    AuthenticatedPeer peer = new AuthenticatedPeer("peer", Set.of(role), "tls-cert", facts);
    return new Caller(Application.ASAP, FIRST, Optional.of(peer), Assurance.PRIVATE);
  }

  /** Connections of which the last message is kept. */
  static final class LastMessage implements Sessions {
    Bytes message = Bytes.EMPTY;
    private long connections;

    @Override
    public long connect(ConnectSpec to) {
      return ++connections;
    }

    @Override
    public boolean send(long session, Bytes sent) {
      message = sent;
      return true;
    }

    @Override
    public void close(long session, String why) {
      throw new IllegalStateException(why);
    }
  }
}
