// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.LeaseGovernor;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.net.Bytes;
import io.leasehold.server.lease.LeaseTable;
import io.leasehold.server.lease.LinkGround;
import io.leasehold.server.lease.LinkLeases;
import io.leasehold.server.lease.StandardPolicies;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.Link;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** A protocol under one plan on one lane, with time that tests set. */
public abstract class OneLane<R extends Request> {
  public static final long PROBATION = 86_400;
  public static final long MEMORY = 3_600;

  public final Counters counters = new Counters();
  public final LeaseTable table = new LeaseTable();
  public final List<LeaseChange> changes = new ArrayList<>();
  public long now = 1_000_000;
  public Outcome last;

  private final Map<Link, LinkLeases> leases = new HashMap<>();
  private final Protocol<R> protocol;

  protected OneLane(FamilyPlan plan, Function<Counters, Protocol<R>> protocol) {
    this(plan, protocol, null);
  }

  /** One whose links, if the plan says so, have a governor. */
  protected OneLane(
      FamilyPlan plan, Function<Counters, Protocol<R>> protocol, LeaseGovernor governorOrNull) {
    for (Link link : plan.links()) {
      LinkGround ground =
          new LinkGround(
              table,
              word -> StandardPolicies.named(word).orElseThrow(),
              name -> governorOrNull,
              new Random(1));
      leases.put(link, new LinkLeases(link, plan, ground));
    }
    this.protocol = protocol.apply(counters);
  }

  /** The answer to a datagram; null if there is none. */
  public final Bytes ask(Bytes datagram, Arrival arrival) {
    last = Outcome.SILENCE;
    R request = accept(datagram, arrival);
    return request == null ? null : answer(request, request.linkOrNull());
  }

  /** What becomes of a datagram before anybody looks at leases. */
  protected final R accept(Bytes datagram, Arrival arrival) {
    return protocol.accept(datagram, arrival);
  }

  /** The answer to a request with the leases of a link, if any; null if there is none. */
  protected final Bytes answer(R request, Link linkOrNull) {
    LinkLeases own = linkOrNull == null ? null : leases.get(linkOrNull);
    if (own != null) {
      own.begin();
    }
    last = protocol.answer(request, own, now);
    changes.addAll(last.changes());
    return last.replyOrNull();
  }

  /** Does something again and again while time passes. */
  public final void storm(long seed, int rounds, Consumer<Random> round) {
    Random random = new Random(seed);
    for (int i = 0; i < rounds; i++) {
      round.accept(random);
      now += random.nextInt(50);
    }
  }

  /** How many addresses or prefixes may be chosen now. */
  protected final long free(LeaseKind kind) {
    return leases.values().stream().mapToLong(link -> link.free(kind)).sum();
  }

  /** Checks that what the store was told is what the table holds; returns that. */
  public final Collection<Lease> stored() {
    Map<LeaseKey, Lease> stored = new TreeMap<>();
    changes.forEach(change -> stored.put(change.key(), change.lease().orElseThrow()));
    assertThat(table.page(null, 10_000)).containsExactlyElementsOf(stored.values());
    return stored.values();
  }

  public final long count(String counter) {
    return counters.snapshot().getOrDefault(counter, 0L);
  }
}
