// SPDX-License-Identifier: Apache-2.0
package io.leasehold.jmh;

import io.leasehold.allocation.GovernorView;
import io.leasehold.allocation.LeaseGovernor;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.lease.Role;
import io.leasehold.failover.pool.RelationshipFacts;
import io.leasehold.failover.pool.RelationshipView;
import io.leasehold.lease.LeaseChange;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.server.lane.Lane;
import io.leasehold.server.lane.Regime;
import io.leasehold.server.lane.Turn;
import io.leasehold.server.lease.StandardPolicies;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.RelayRight;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a partner costs the one who answers, packet by packet: a primary in NORMAL. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GovernedBenchmark {
  private static final String PAIR = "pair";
  private static final long MCLT_SECONDS = 3600;

  /** Clients that have leases, and as many that have none. */
  @Param({"10000"})
  public int clients;

  /** Whether the clients' link is of a relationship, another one is, or none. */
  @Param({"none", "another", "governed"})
  public String link;

  private final Order order = new Order();
  private Regime regime;
  private Lane lane;
  private long now = Samples.NOW;
  private Bytes[] solicits;
  private Bytes[] renews;
  private Bytes[] requests;

  /** Says what a primary says while all is well. */
  private record Primary(GovernorView view) implements LeaseGovernor {
    @Override
    public String name() {
      return PAIR;
    }

    @Override
    public void committed(List<LeaseChange> changes) {
      // The partner is told elsewhere.
    }
  }

  /** Gives half of the clients their leases. */
  @Setup
  public void lease() {
    Counters counters = new Counters();
    regime =
        new Regime(
            Samples.plan(document(link.equals("governed"), link.equals("another"))),
            Samples.SERVER,
            List.of(),
            counters,
            1);
    lane = new Lane(0, counters, new SplittableRandom(1));
    lane.govern(Map.of(PAIR, new Primary(inNormal())));
    lane.adopt(regime, lane.newTable(), word -> StandardPolicies.named(word).orElseThrow());
    solicits = new Bytes[clients];
    renews = new Bytes[clients];
    requests = new Bytes[clients];
    for (int i = 0; i < clients; i++) {
      solicits[i] = Samples.solicit(clients + i, false);
      Ipv6 address =
          turn(Samples.solicit(i, true)).changes().get(0).lease().orElseThrow().key().address();
      renews[i] = Samples.renew(i, address);
      requests[i] = Samples.request(i, address);
    }
  }

  private static RelationshipView inNormal() {
    return RelationshipView.of(
        new RelationshipFacts(
            Role.PRIMARY, ServerState.NORMAL, Samples.NOW, MCLT_SECONDS, MCLT_SECONDS, 0, true));
  }

  private static String document(boolean isGoverned, boolean isOtherGoverned) {
    String word = "\"failover\": \"" + PAIR + "\",";
    return """
        {"Dhcp6": {"preferred-lifetime": 3000, "valid-lifetime": 4000,
          "option-data": [{"name": "dns-servers", "data": "2001:db8::53"}],
          "subnet6": [
            {"id": 1, "subnet": "2001:db8:a::/64", "interface": "eth0", "rapid-commit": true, %s
             "pools": [{"pool": "2001:db8:a::/80"}]},
            {"id": 2, "subnet": "2001:db8:b::/64", "rapid-commit": true, %s
             "pools": [{"pool": "2001:db8:b::1:0:0/96"}]}]}}"""
        .formatted(isGoverned ? word : "", isOtherGoverned ? word : "");
  }

  /** A new client's Solicit to Advertise: an address is chosen. */
  @Benchmark
  public Bytes solicit() {
    return turn(solicits[order.next(clients)]).immediate().get(0).datagram();
  }

  /** Request to Reply: the address is given, and the lease is written. */
  @Benchmark
  public Bytes request() {
    return turn(requests[order.next(clients)]).whenDurable().get(0).datagram();
  }

  /** Renew to Reply. */
  @Benchmark
  public Bytes renew() {
    return turn(renews[order.next(clients)]).whenDurable().get(0).datagram();
  }

  private Turn turn(Bytes datagram) {
    return lane.turn(
        List.of(
            regime.accept(
                Family.IPV6,
                datagram,
                Arrival.of(LaneBenchmark.DIRECT, RelayRight.EVERYBODY),
                LaneBenchmark.DIRECT)),
        now++ / 1000,
        true);
  }
}
