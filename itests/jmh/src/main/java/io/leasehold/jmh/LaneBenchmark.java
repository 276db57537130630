// SPDX-License-Identifier: Apache-2.0
package io.leasehold.jmh;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4Options;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.server.TracePattern;
import io.leasehold.server.explain.Explanation;
import io.leasehold.server.explain.Traces;
import io.leasehold.server.lane.Job;
import io.leasehold.server.lane.Lane;
import io.leasehold.server.lane.Regime;
import io.leasehold.server.lane.Turn;
import io.leasehold.server.lease.StandardPolicies;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.RelayRight;
import io.leasehold.transport.Destination;
import io.leasehold.transport.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

/** One datagram from its octets to those of the answer, without sockets, threads and store. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LaneBenchmark {
  private record Way(Ipv6 local, Ipv6 remote, int remotePort, List<Ipv6> interfaceAddresses)
      implements Path {
    @Override
    public String interfaceName() {
      return "eth0";
    }

    @Override
    public boolean send(Bytes message, Destination to) {
      return true;
    }
  }

  private static final Ipv6 SERVER4 = Ipv6.mapped(Ipv4.ofText("10.2.0.2"));
  private static final Ipv6 RELAY4 = Ipv6.mapped(Ipv4.ofText("10.2.0.1"));
  static final Path DIRECT = new Way(Samples.ALL_SERVERS, Samples.LINK_LOCAL, 546, List.of());
  private static final Path RELAYED =
      new Way(Ipv6.ofText("2001:db8:b::2"), Samples.RELAY, 547, List.of());
  private static final Path RELAYED4 = new Way(SERVER4, RELAY4, 67, List.of(SERVER4));

  /** Clients that have leases, and as many that have none. */
  @Param({"10000"})
  public int clients;

  /** Classes of the plan, each with a test that is looked at for every message. */
  @Param({"0"})
  public int classes;

  /** Whether traces are asked for ({@code off}: no), and whether one of somebody else runs. */
  @Param({"idle"})
  public String trace;

  private final Order order = new Order();
  private final Traces traces = new Traces();
  private boolean traced;
  private Regime regime;
  private Lane lane;
  private long now = Samples.NOW;
  private Bytes[] solicits;
  private Bytes[] renews;
  private Bytes[] relayed;
  private Bytes[] discovers;
  private Bytes[] renews4;
  private Bytes[][] exchanges;
  private Bytes[][] exchanges4;

  /** Gives half of the clients their leases. */
  @Setup
  public void lease() {
    Counters counters = new Counters();
    traced = !trace.equals("off");
    if (trace.equals("other")) {
      TracePattern nobody = TracePattern.ofClient(Bytes.of(1, 2, 3, 4, 5, 6));
      traces.begin(nobody, Duration.ofHours(1), 100, Instant.now());
    }
    regime = new Regime(Samples.plan(classes), Samples.SERVER, List.of(), counters, 1);
    lane = new Lane(0, counters, new SplittableRandom(1));
    lane.adopt(regime, lane.newTable(), word -> StandardPolicies.named(word).orElseThrow());
    solicits = new Bytes[clients];
    renews = new Bytes[clients];
    relayed = new Bytes[clients];
    discovers = new Bytes[clients];
    renews4 = new Bytes[clients];
    exchanges = new Bytes[clients][];
    exchanges4 = new Bytes[clients][];
    for (int i = 0; i < clients; i++) {
      solicits[i] = Samples.solicit(clients + i, false);
      Ipv6 address = address(turn(Family.IPV6, Samples.solicit(i, true), DIRECT));
      renews[i] = Samples.renew(i, address);
      exchanges[i] = new Bytes[] {Samples.solicit(i, false), Samples.request(i, address)};
      relayed[i] = Samples.relayed(Samples.solicit(2 * clients + i, false));
      discovers[i] = Samples.discover(clients + i).encode();
      renews4[i] = Samples.renew4(i, lease4(i)).encode();
    }
  }

  /** A DHCPv6 message decoded and assigned to its link. */
  @Benchmark
  public Job<?> accept6() {
    return accept(Family.IPV6, renews[order.next(clients)], DIRECT);
  }

  /** A DHCPv4 message decoded and assigned to its link. */
  @Benchmark
  public Job<?> accept4() {
    return accept(Family.IPV4, renews4[order.next(clients)], RELAYED4);
  }

  /** Solicit to Advertise. */
  @Benchmark
  public Bytes solicit6() {
    return now(turn(Family.IPV6, solicits[order.next(clients)], DIRECT));
  }

  /** The same behind a relay agent. */
  @Benchmark
  public Bytes solicit6Relayed() {
    return now(turn(Family.IPV6, relayed[order.next(clients)], RELAYED));
  }

  /** Renew to Reply. */
  @Benchmark
  public Bytes renew6() {
    return committed(turn(Family.IPV6, renews[order.next(clients)], DIRECT));
  }

  /** DHCPDISCOVER to DHCPOFFER. */
  @Benchmark
  public Bytes discover4() {
    return now(turn(Family.IPV4, discovers[order.next(clients)], RELAYED4));
  }

  /** DHCPREQUEST to DHCPACK of a client that renews. */
  @Benchmark
  public Bytes renew4() {
    return committed(turn(Family.IPV4, renews4[order.next(clients)], RELAYED4));
  }

  /** The four messages of a client that comes back to its address. */
  @Benchmark
  public Bytes exchange6() {
    Bytes[] messages = exchanges[order.next(clients)];
    now(turn(Family.IPV6, messages[0], DIRECT));
    return committed(turn(Family.IPV6, messages[1], DIRECT));
  }

  /** The same with DHCPv4. */
  @Benchmark
  public Bytes exchange4() {
    Bytes[] messages = exchanges4[order.next(clients)];
    now(turn(Family.IPV4, messages[0], RELAYED4));
    return committed(turn(Family.IPV4, messages[1], RELAYED4));
  }

  private Turn turn(Family family, Bytes datagram, Path path) {
    return lane.turn(List.of(accept(family, datagram, path)), now++ / 1000, true);
  }

  private Job<?> accept(Family family, Bytes datagram, Path path) {
    Explanation told =
        traced && traces.isOn() ? traces.listen(Instant.now(), path.remote()) : Explanation.NONE;
    return regime.accept(family, datagram, Arrival.of(path, RelayRight.EVERYBODY, told), path);
  }

  private Ipv4 lease4(int client) {
    Bytes discover = Samples.discover(client).encode();
    Dhcp4Message offer = Dhcp4Message.decode(now(turn(Family.IPV4, discover, RELAYED4)));
    Ipv4 server = offer.options().first(Dhcp4Options.SERVER_ID).orElseThrow();
    Bytes take = Samples.take4(client, offer.yourAddress(), server).encode();
    exchanges4[client] = new Bytes[] {discover, take};
    committed(turn(Family.IPV4, take, RELAYED4));
    return offer.yourAddress();
  }

  private static Ipv6 address(Turn turn) {
    LeaseChange change = turn.changes().get(0);
    Lease lease = change.lease().orElseThrow();
    return lease.key().address();
  }

  private static Bytes now(Turn turn) {
    return turn.immediate().get(0).datagram();
  }

  private static Bytes committed(Turn turn) {
    return turn.whenDurable().get(0).datagram();
  }
}
