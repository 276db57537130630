// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.allocation.GovernedLeases.Edit;
import io.leasehold.allocation.GovernedLeases.Outcome;
import io.leasehold.allocation.GovernedLeases.Pool;
import io.leasehold.allocation.GovernorView;
import io.leasehold.allocation.GovernorView.Service;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.codec.failover.StateReport;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.failover.FailoverStatus;
import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.failover.config.SettingsOfTests;
import io.leasehold.failover.effect.Completion;
import io.leasehold.failover.effect.Effect;
import io.leasehold.failover.effect.Moment;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One server of a test: its endpoint, what it has stored, and its leases. */
final class Node {
  final FailoverSettings settings;
  final TestClock clock;
  final Wire wire;
  final TreeMap<LeaseKey, Lease> leases = new TreeMap<>();
  List<Pool> pools = List.of();

  /** What was done, in order: {@code view ALL}, {@code store NORMAL}, {@code say STATE NORMAL}. */
  final List<String> log = new ArrayList<>();

  /** All that was sent. */
  final List<FailoverMessage> sent = new ArrayList<>();

  final List<String> warnings = new ArrayList<>();

  Optional<Bytes> note = Optional.empty();
  FailoverEndpoint endpoint;
  GovernorView view;

  /** Nothing can be stored. */
  boolean isStoreFull;

  /** How far its clock is ahead, seconds. */
  long offset;

  /** What is to be stored waits until {@link #store}. */
  boolean isStoreSlow;

  private final Deque<Effect.Persist> held = new ArrayDeque<>();

  Node(Role role, TestClock clock, Wire wire, String... lines) {
    String[] all =
        Stream.concat(Stream.of("role = " + role.name().toLowerCase(Locale.ROOT)), Stream.of(lines))
            .toArray(String[]::new);
    this.settings = SettingsOfTests.of(all);
    this.clock = clock;
    this.wire = wire;
  }

  Moment now() {
    Moment right = clock.now();
    return new Moment(right.wallSeconds() + offset, right.steadyNanos());
  }

  boolean isUp() {
    return endpoint != null;
  }

  /** Starts with what is stored. */
  void boot() {
    held.clear();
    endpoint =
        new FailoverEndpoint(
            settings,
            note,
            key -> true,
            () -> pools,
            new SplittableRandom(settings.role().ordinal() + 1),
            now());
    endpoint.start(now());
    drain();
  }

  /** Loses everything that is not stored. */
  void crash() {
    endpoint = null;
    view = null;
    held.clear();
  }

  /** Stores a past as if this server had had it, before it boots. */
  void past(EndpointRecord record) {
    note = Optional.of(record.encode());
  }

  EndpointRecord stored() {
    return EndpointRecord.decode(note.orElseThrow()).orElseThrow();
  }

  ServerState state() {
    return endpoint.state();
  }

  Service service() {
    return view.service();
  }

  FailoverStatus status() {
    return endpoint.status(now());
  }

  /** Carries out what the endpoint wants, until there is nothing more to do now. */
  void drain() {
    carryOut();
    boolean isBusy = true;
    while (isBusy && endpoint != null && now().isAt(endpoint.nextDeadline())) {
      endpoint.onTimer(now());
      isBusy = carryOut();
    }
  }

  /** Whether anything was wanted. */
  private boolean carryOut() {
    boolean isWanted = false;
    while (endpoint != null) {
      Effect effect = endpoint.poll();
      if (effect == null) {
        return isWanted;
      }
      isWanted = true;
      carryOut(effect);
    }
    return isWanted;
  }

  private void carryOut(Effect effect) {
    if (effect instanceof Effect.Open) {
      wire.open(this);
    } else if (effect instanceof Effect.Send send) {
      say(send.connection(), (FailoverMessage) send.frame());
    } else if (effect instanceof Effect.Close close) {
      wire.close(this, close.connection(), close.why());
    } else if (effect instanceof Effect.Publish publish) {
      view = publish.view();
      log.add("view " + view.service());
    } else if (effect instanceof Effect.Report report && report.isWarning()) {
      warnings.add(report.what());
    } else if (effect instanceof Effect.Persist persist) {
      persist(persist);
    } else if (effect instanceof Effect.Edit edit) {
      edit(edit);
    } else if (effect instanceof Effect.Amend amend) {
      endpoint.done(amend.token(), apply(amend.edits(), new ArrayList<>()), now());
    } else if (effect instanceof Effect.Scan scan) {
      scan(scan);
    }
  }

  private void say(long connection, FailoverMessage message) {
    sent.add(message);
    log.add("say " + word(message));
    wire.send(this, connection, message);
  }

  /** A message in a word or two: {@code STATE NORMAL}, {@code UPDREQ}. */
  static String word(FailoverMessage message) {
    String name = Dhcp6MessageType.name(message.type()).toUpperCase(Locale.ROOT);
    return StateReport.read(message.options())
        .map(report -> name + " " + report.state().word())
        .orElse(name);
  }

  private void persist(Effect.Persist persist) {
    if (isStoreSlow) {
      held.add(persist);
    } else {
      complete(persist);
    }
  }

  private void complete(Effect.Persist persist) {
    if (isStoreFull) {
      log.add("store fails");
      endpoint.failed(persist.token(), "The disk is full.", now());
    } else {
      note = Optional.of(persist.note());
      log.add("store " + stored().own().state().word());
      endpoint.done(persist.token(), null, now());
    }
  }

  /** Stores what waits, until nothing does. */
  void store() {
    while (endpoint != null && !held.isEmpty()) {
      complete(held.poll());
      drain();
    }
  }

  private void edit(Effect.Edit edit) {
    List<LeaseChange> changes = new ArrayList<>();
    List<Outcome> outcomes = apply(edit.edits(), changes);
    endpoint.onCommitted(changes, now());
    endpoint.done(edit.token(), outcomes, now());
  }

  private List<Outcome> apply(List<Edit> edits, List<LeaseChange> changes) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Edit each : edits) {
      Optional<Lease> before = Optional.ofNullable(leases.get(each.key()));
      Optional<Lease> after = each.rule().apply(before, now().wallSeconds());
      boolean isChanged = !after.equals(before);
      outcomes.add(isChanged ? Outcome.CHANGED : Outcome.KEPT);
      if (isChanged) {
        changes.add(new LeaseChange(each.key(), after));
        put(each.key(), after);
      }
    }
    return outcomes;
  }

  private void put(LeaseKey key, Optional<Lease> lease) {
    if (lease.isPresent()) {
      leases.put(key, lease.get());
    } else {
      leases.remove(key);
    }
  }

  private void scan(Effect.Scan scan) {
    var rest = scan.after().isPresent() ? leases.tailMap(scan.after().get(), false) : leases;
    endpoint.done(scan.token(), rest.values().stream().limit(scan.limit()).toList(), now());
  }

  /** A lease of address number {@code n} from now on. */
  Lease lease(long n, long seconds) {
    long now = now().wallSeconds();
    return new Lease(
        LeaseKey.address(new Ipv6(0x2001_0db8_0000_0000L, n)),
        1,
        ClientIdentity.of(new Duid(Bytes.of(0, 3, 0, 1, 2, 0, 0, 0, 0, (int) n))),
        n,
        LeaseState.ACTIVE,
        new LeaseTimes(now, now, now + seconds, now + seconds),
        LeaseDetails.NONE);
  }

  /** A client gets address number {@code n}, as a lane would write it; not without power. */
  void give(long n, long seconds) {
    if (!isUp()) {
      return;
    }
    Lease lease = lease(n, seconds);
    Lease marked =
        view.marked(
            Optional.ofNullable(leases.get(lease.key())),
            lease,
            Optional.of(new GovernorView.Terms(seconds / 2, seconds)),
            now().wallSeconds());
    commit(lease.key(), Optional.of(marked));
  }

  /** A client gives address number {@code n} back, as a lane would write it. */
  void release(long n) {
    Lease lease = leases.get(lease(n, 0).key());
    long now = now().wallSeconds();
    Lease ended = lease.ended(LeaseState.RELEASED, new LeaseTimes(now, now, now, now + 600));
    Lease marked = view.marked(Optional.of(lease), ended, Optional.empty(), now);
    commit(lease.key(), Optional.of(marked));
  }

  /** A lane has written a lease, or forgotten it. */
  void commit(LeaseKey key, Optional<Lease> lease) {
    put(key, lease);
    endpoint.onCommitted(List.of(new LeaseChange(key, lease)), now());
    drain();
  }

  /** Who has what, and until when: what both servers have to agree about. */
  Map<LeaseKey, String> content() {
    Map<LeaseKey, String> content = new TreeMap<>();
    leases.forEach(
        (key, lease) ->
            content.put(key, lease.state() + " " + lease.client() + " " + lease.times().expires()));
    return content;
  }

  /** Lets a server without a partner go on to a time. */
  void tick() {
    if (endpoint != null) {
      endpoint.onTimer(now());
      drain();
    }
  }

  /** What an operator hears; nothing without power. */
  Answer order(Order order) {
    Answer answer = new Answer();
    if (isUp()) {
      endpoint.onOperator(order, answer, now());
      drain();
    }
    return answer;
  }

  /** The states that were said, one after the other. */
  List<String> states() {
    return log.stream()
        .filter(line -> line.startsWith("say STATE "))
        .map(line -> line.substring("say STATE ".length()))
        .toList();
  }

  /** What becomes of an order. */
  static final class Answer implements Completion<String> {
    Optional<String> good = Optional.empty();
    Optional<String> bad = Optional.empty();

    @Override
    public void done(String result, Moment now) {
      good = Optional.of(result);
    }

    @Override
    public void failed(String why, Moment now) {
      bad = Optional.of(why);
    }
  }
}
