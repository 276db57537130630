// SPDX-License-Identifier: Apache-2.0
package io.leasehold.jmh;

import io.leasehold.net.Ipv6;
import io.leasehold.server.answer.OptionLevels;
import io.leasehold.server.answer.ReservedLeases;
import io.leasehold.server.expression.Membership;
import io.leasehold.server.lease.LeaseTable;
import io.leasehold.server.lease.LinkGround;
import io.leasehold.server.lease.LinkLeases;
import io.leasehold.server.lease.StandardPolicies;
import io.leasehold.server.plan.ClassSet;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.plan.Subnet;
import io.leasehold.server.protocol.LinkIndex;
import io.leasehold.server.protocol.Place;
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

/** What a plan is asked for one packet, with many subnets. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PlanBenchmark {
  /** How many subnets there are, each with options and a reservation. */
  @Param({"1000"})
  public int subnets;

  private final Order order = new Order();
  private String document;
  private LinkIndex links;
  private OptionLevels<OptionSet> levels;
  private Ipv6[] relays;
  private LinkLeases leases;
  private Subnet subnet;

  /** Makes the plan. */
  @Setup
  public void compile() {
    document = Samples.subnets(subnets);
    ServerPlan plan = Samples.plan(document);
    links = new LinkIndex(plan.v6());
    levels = new OptionLevels<>(plan.v6(), options -> options);
    relays = new Ipv6[subnets];
    for (int i = 0; i < subnets; i++) {
      relays[i] = plan.v6().links().get(i).subnets().get(0).prefix().address();
    }
    Link first = plan.v6().links().get(0);
    subnet = first.subnets().get(0);
    leases =
        new LinkLeases(
            first,
            plan.v6(),
            new LinkGround(
                new LeaseTable(),
                word -> StandardPolicies.named(word).orElseThrow(),
                new SplittableRandom(1)));
  }

  /** The subnet of a relay agent's address. */
  @Benchmark
  public Place linkOfRelay() {
    return links.ofRelay(relays[order.next(subnets)], Membership.NONE);
  }

  /** A client's reservation. */
  @Benchmark
  public ReservedLeases reservation() {
    return reservation(0);
  }

  /** No reservation. */
  @Benchmark
  public ReservedLeases noReservation() {
    return reservation(-1);
  }

  /** The options of a client without a reservation: they are ready. */
  @Benchmark
  public OptionSet options() {
    return levels.of(subnet, reservation(-1), List.of(), ClassSet.NONE);
  }

  /** The options of a client with a reservation: levels are merged. */
  @Benchmark
  public OptionSet optionsOfReservation() {
    return levels.of(subnet, reservation(0), List.of(), ClassSet.NONE);
  }

  /** The whole plan out of its text. */
  @Benchmark
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public ServerPlan compilePlan() {
    return Samples.plan(document);
  }

  private ReservedLeases reservation(int client) {
    HostIdentifier identifier =
        new HostIdentifier(HostIdentifier.Type.DUID, Samples.duid(client).value());
    return ReservedLeases.of(List.of(identifier), leases, Membership.NONE);
  }
}
