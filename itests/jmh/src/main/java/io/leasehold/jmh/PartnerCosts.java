// SPDX-License-Identifier: Apache-2.0
package io.leasehold.jmh;

import com.sun.management.ThreadMXBean;
import io.leasehold.allocation.GovernedLeases.Edit;
import io.leasehold.allocation.GovernedLeases.Outcome;
import io.leasehold.allocation.GovernorView.Terms;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.failover.FailoverFrame;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.failover.config.FailoverFile;
import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.failover.effect.Effect;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.endpoint.FailoverEndpoint;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Ipv6;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * What it costs to tell a partner of a lease, part by part: two endpoints in one thread, without
 * sockets, lanes and store. Prints nanoseconds and octets of heap for each lease.
 *
 * <p>Arguments: leases in a round, rounds of which the last counts, leases in a turn.
 */
public final class PartnerCosts {
  private static final long NOW = 1_800_000_000L;
  private static final long LIFETIME_SECONDS = 4000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Map<String, long[]> parts = new LinkedHashMap<>();
  private final Partner primary = new Partner(Role.PRIMARY);
  private final Partner secondary = new Partner(Role.SECONDARY);
  private long nanos;

  private PartnerCosts() {}

  /** One of the two. */
  private static final class Partner {
    final FailoverEndpoint endpoint;
    final Map<LeaseKey, Lease> leases = new HashMap<>();
    final List<FailoverFrame> said = new ArrayList<>();
    final List<Effect> changes = new ArrayList<>();
    final Queue<Effect> others = new ArrayDeque<>();
    boolean isOpening;

    Partner(Role role) {
      endpoint =
          new FailoverEndpoint(
              settings(role),
              Optional.empty(),
              key -> true,
              List::of,
              new SplittableRandom(1),
              new Moment(NOW, 0));
    }

    private static FailoverSettings settings(Role role) {
      return FailoverFile.read(
          "pair",
          Map.of(
              "role", role.name().toLowerCase(Locale.ROOT),
              "partner", "tls://[2001:db8::2]",
              "channel", "wall",
              "max.unacked", "4096"));
    }

    /** Takes what the endpoint wants. */
    void gather() {
      for (Effect each = endpoint.poll(); each != null; each = endpoint.poll()) {
        if (each instanceof Effect.Send send) {
          said.add(send.frame());
        } else if (each instanceof Effect.Edit || each instanceof Effect.Amend) {
          changes.add(each);
        } else if (each instanceof Effect.Open) {
          isOpening = true;
        } else {
          others.add(each);
        }
      }
    }
  }

  private Moment now() {
    return new Moment(NOW + TimeUnit.NANOSECONDS.toSeconds(nanos), nanos);
  }

  private interface Part {
    void run();
  }

  private void measure(String name, Part part) {
    long thread = Thread.currentThread().getId();
    long octets = THREADS.getThreadAllocatedBytes(thread);
    long begin = THREADS.getCurrentThreadCpuTime();
    part.run();
    long took = THREADS.getCurrentThreadCpuTime() - begin;
    long[] sums = parts.computeIfAbsent(name, key -> new long[2]);
    sums[0] += took;
    sums[1] += THREADS.getThreadAllocatedBytes(thread) - octets;
  }

  /** Both in NORMAL. */
  private void meet() {
    primary.endpoint.start(now());
    secondary.endpoint.start(now());
    for (int i = 0; i < 10_000 && !areNormal(); i++) {
      nanos += TimeUnit.MILLISECONDS.toNanos(10);
      step(primary, secondary);
      step(secondary, primary);
    }
    if (!areNormal()) {
      throw new IllegalStateException(
          primary.endpoint.state() + " and " + secondary.endpoint.state());
    }
  }

  private boolean areNormal() {
    return primary.endpoint.state() == ServerState.NORMAL
        && secondary.endpoint.state() == ServerState.NORMAL;
  }

  private void step(Partner one, Partner other) {
    one.endpoint.onTimer(now());
    one.gather();
    if (one.isOpening) {
      one.isOpening = false;
      one.endpoint.onOpened(1, true, now());
      one.gather();
    }
    settle(one);
    List<FailoverFrame> frames = List.copyOf(one.said);
    one.said.clear();
    for (FailoverFrame frame : frames) {
      if (frame.type() == Dhcp6MessageType.CONNECT) {
        other.endpoint.onConnect(1, true, (FailoverMessage) frame, now());
      } else {
        other.endpoint.onFrame(1, frame, now());
      }
    }
    other.gather();
  }

  /** Does what is not of leases. */
  private void settle(Partner one) {
    while (!one.others.isEmpty()) {
      Effect each = one.others.remove();
      if (each instanceof Effect.Persist persist) {
        one.endpoint.done(persist.token(), null, now());
      } else if (each instanceof Effect.Scan scan) {
        one.endpoint.done(scan.token(), List.of(), now());
      }
      one.gather();
    }
  }

  private static LeaseChange lease(Partner of, int number, long now) {
    LeaseKey key = LeaseKey.address(new Ipv6(0x2001_0db8_0000_000aL, 1 + 2L * number));
    Lease lease =
        new Lease(
            key,
            1,
            ClientIdentity.of(
                new Duid(new ByteWriter(10).u32(0x30001).u16(0x200).u32(number).toBytes())),
            number,
            LeaseState.ACTIVE,
            new LeaseTimes(NOW, now, now + LIFETIME_SECONDS, now + LIFETIME_SECONDS),
            LeaseDetails.NONE);
    Lease marked =
        of.endpoint
            .view()
            .marked(
                Optional.ofNullable(of.leases.get(key)),
                lease,
                Optional.of(new Terms(LIFETIME_SECONDS / 2, LIFETIME_SECONDS)),
                now);
    of.leases.put(key, marked);
    return LeaseChange.put(marked);
  }

  private List<FailoverFrame> carry(List<FailoverFrame> said, String what) {
    List<Bytes> octets = new ArrayList<>(said.size());
    measure(what + " encoded", () -> said.forEach(frame -> octets.add(frame.encode())));
    List<FailoverFrame> read = new ArrayList<>(said.size());
    measure(what + " decoded", () -> octets.forEach(each -> read.add(FailoverFrame.decode(each))));
    said.clear();
    return read;
  }

  /** Makes the changes; on a map instead of a lane's table. */
  private List<List<Outcome>> apply(Partner of) {
    List<List<Outcome>> all = new ArrayList<>();
    for (Effect change : of.changes) {
      List<Outcome> outcomes = new ArrayList<>();
      for (Edit edit : edits(change)) {
        Optional<Lease> before = Optional.ofNullable(of.leases.get(edit.key()));
        Optional<Lease> after = edit.rule().apply(before, now().wallSeconds());
        outcomes.add(after.equals(before) ? Outcome.KEPT : Outcome.CHANGED);
        after.ifPresent(lease -> of.leases.put(edit.key(), lease));
      }
      all.add(outcomes);
    }
    return all;
  }

  private static List<Edit> edits(Effect change) {
    return change instanceof Effect.Edit edit ? edit.edits() : ((Effect.Amend) change).edits();
  }

  private static long token(Effect change) {
    return change instanceof Effect.Edit edit ? edit.token() : ((Effect.Amend) change).token();
  }

  private void done(Partner of, List<List<Outcome>> outcomes) {
    List<Effect> changes = List.copyOf(of.changes);
    of.changes.clear();
    for (int i = 0; i < changes.size(); i++) {
      of.endpoint.done(token(changes.get(i)), outcomes.get(i), now());
    }
    of.endpoint.onTimer(now());
    of.gather();
  }

  private void change(Partner of, String what) {
    List<List<Outcome>> outcomes = new ArrayList<>();
    measure(what + " made", () -> outcomes.addAll(apply(of)));
    measure(what + " done", () -> done(of, outcomes));
  }

  private void take(Partner of, List<FailoverFrame> frames, String what) {
    measure(
        what + " taken",
        () -> {
          frames.forEach(frame -> of.endpoint.onFrame(1, frame, now()));
          of.endpoint.onTimer(now());
          of.gather();
        });
  }

  private void turn(List<LeaseChange> changes) {
    measure(
        "hint to BNDUPD",
        () -> {
          primary.endpoint.onCommitted(changes, now());
          primary.endpoint.onTimer(now());
          primary.gather();
        });
    take(secondary, carry(primary.said, "BNDUPD"), "BNDUPD");
    change(secondary, "edits of the partner");
    take(primary, carry(secondary.said, "BNDREPLY"), "BNDREPLY");
    change(primary, "acknowledgements");
    settle(primary);
    settle(secondary);
  }

  private void round(int leases, int inTurn) {
    parts.clear();
    nanos += TimeUnit.SECONDS.toNanos(20);
    step(primary, secondary);
    step(secondary, primary);
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < leases; i++) {
      numbers.add(i);
    }
    Collections.shuffle(numbers, new java.util.Random(nanos));
    for (int from = 0; from < leases; from += inTurn) {
      List<LeaseChange> changes = new ArrayList<>();
      for (int i = from; i < Math.min(leases, from + inTurn); i++) {
        changes.add(lease(primary, numbers.get(i), now().wallSeconds()));
      }
      turn(List.copyOf(changes));
    }
  }

  private String table(int leases) {
    StringBuilder out = new StringBuilder("| | ns | octets |\n| --- | ---: | ---: |\n");
    long[] all = new long[2];
    parts.forEach(
        (name, sums) -> {
          out.append("| %s | %d | %d |%n".formatted(name, sums[0] / leases, sums[1] / leases));
          all[0] += sums[0];
          all[1] += sums[1];
        });
    return out.append("| all | %d | %d |%n".formatted(all[0] / leases, all[1] / leases)).toString();
  }

  /** Prints a table. */
  public static void main(String[] arguments) {
    int leases = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    int inTurn = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 64;
    PartnerCosts costs = new PartnerCosts();
    costs.meet();
    for (int i = 0; i < rounds; i++) {
      costs.round(leases, inTurn);
    }
    System.out.print(costs.table(leases));
  }
}
