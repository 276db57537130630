// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import io.leasehold.allocation.GovernedLeases.Edit;
import io.leasehold.allocation.GovernedLeases.Outcome;
import io.leasehold.codec.failover.ConnectFlags;
import io.leasehold.codec.failover.ConnectTerms;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.ProtocolVersion;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.failover.connection.Line;
import io.leasehold.failover.connection.Session;
import io.leasehold.failover.effect.Effect;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.effect.Outbox;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.lease.Role;
import io.leasehold.failover.pool.RelationshipFacts;
import io.leasehold.hop.HopUri;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** One of two partners: its leases, its clock, and what it says; its wishes are done at once. */
final class Side implements BindingsListener {
  /** 2027-01-20 16:57:36 UTC. */
  static final long START = AbsoluteTime.EPOCH_UNIX_SECONDS + 0x32e3a400L;

  final TreeMap<LeaseKey, Lease> leases = new TreeMap<>();
  final Outbox outbox = new Outbox();
  final Queue<FailoverMessage> sent = new ArrayDeque<>();
  final List<String> told = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();
  final Bindings bindings;

  /** Edits that are not done before {@link #store}. */
  final Queue<Effect.Edit> edits = new ArrayDeque<>();

  Predicate<LeaseKey> contains = key -> true;

  /** Whether the partner offers leases of DHCPv4. */
  boolean offersDhcp4;

  ServerState state = ServerState.NORMAL;
  boolean isStoreSlow;
  boolean isStoreBroken;

  /** Whether changes of leases are heard of. */
  boolean isAttentive = true;

  long now = START;

  /** Until when clients may have got what they have by clocks that were apart. */
  long doubtedUntil;

  int written;
  int edited;
  int scans;
  private final Role role;
  private long connections;
  private long steadyNanos;

  Side(Role role) {
    this.role = role;
    this.bindings =
        new Bindings(
            settings(role),
            this::facts,
            () -> doubtedUntil,
            key -> contains.test(key),
            this,
            outbox);
  }

  private RelationshipFacts facts() {
    return new RelationshipFacts(role, state, START, 3600, 3600, 0, true);
  }

  private static FailoverSettings settings(Role role) {
    return new FailoverSettings(
        "pair1",
        role,
        HopUri.parse("tcp://[2001:db8::2]:647"),
        List.of(),
        "wall",
        "pair1",
        3600,
        60,
        4,
        64,
        30,
        false,
        5,
        60,
        0,
        300,
        50,
        10,
        false,
        false,
        true);
  }

  Moment moment() {
    return new Moment(now, Math.max(steadyNanos, TimeUnit.SECONDS.toNanos(now - START)));
  }

  /** Connected to a partner that takes so many updates, and sending by itself. */
  Side up(long maxUnacked) {
    connect(maxUnacked);
    bindings.sending(true, moment());
    settle();
    return this;
  }

  Side connect(long maxUnacked) {
    ConnectTerms terms =
        new ConnectTerms(
            ProtocolVersion.CURRENT, 3600, 60, maxUnacked, new ConnectFlags(false), offersDhcp4);
    Line line = new Line(++connections, false, new Random(connections), outbox);
    bindings.onUp(new Session(line, terms, settings(role), moment()), moment());
    settle();
    return this;
  }

  void down() {
    bindings.onDown(moment());
    settle();
    sent.clear();
  }

  void at(long seconds) {
    now = seconds;
    bindings.onTimer(moment());
    settle();
  }

  /** The server of this side has written a lease. */
  void write(Lease lease) {
    leases.put(lease.key(), lease);
    hear(LeaseChange.put(lease));
    settle();
  }

  /** The server of this side has forgotten a lease. */
  void forget(LeaseKey key) {
    leases.remove(key);
    hear(LeaseChange.remove(key));
    settle();
  }

  private void hear(LeaseChange change) {
    if (isAttentive) {
      bindings.onCommitted(List.of(change), moment());
    }
  }

  Lease lease(LeaseKey key) {
    return leases.get(key);
  }

  LeaseMarks marks(LeaseKey key) {
    return LeaseMarks.of(leases.get(key));
  }

  /** The next message, which is there. */
  FailoverMessage next() {
    return sent.remove();
  }

  /** The partner gets what was said first, if anything was. */
  void handTo(Side partner) {
    FailoverMessage message = sent.poll();
    if (message != null) {
      partner.take(FailoverMessage.decode(message.encode()));
    }
  }

  /** All messages of a type, taken away with the others. */
  List<FailoverMessage> all(int type) {
    List<FailoverMessage> found = sent.stream().filter(each -> each.type() == type).toList();
    sent.clear();
    return found;
  }

  /** Takes what the partner says. */
  void take(int type, int id, Options options) {
    take(new FailoverMessage(type, id, AbsoluteTime.ofUnixSeconds(now), options));
  }

  void take(FailoverMessage message) {
    switch (message.type()) {
      case Dhcp6MessageType.BNDUPD -> bindings.onUpdate(message, moment());
      case Dhcp6MessageType.BNDREPLY -> bindings.onReply(message, moment());
      case Dhcp6MessageType.UPDREQ ->
          bindings.onUpdateRequest(message.transactionId(), false, moment());
      case Dhcp6MessageType.UPDREQALL ->
          bindings.onUpdateRequest(message.transactionId(), true, moment());
      case Dhcp6MessageType.UPDDONE -> bindings.onUpdateDone(message.transactionId(), moment());
      default -> throw new IllegalArgumentException(message.toString());
    }
    settle();
  }

  /** Does one edit that waits. */
  void store() {
    carryOut(edits.remove());
    settle();
  }

  /** Does everything that is wanted. */
  void settle() {
    carryOut();
    while (bindings.hasWork() || isResting()) {
      steadyNanos = isResting() ? bindings.deadline() : steadyNanos;
      bindings.onTimer(moment());
      carryOut();
    }
  }

  /** Whether it goes on within a second. */
  private boolean isResting() {
    long left = bindings.deadline() - moment().steadyNanos();
    return left > 0 && left < TimeUnit.SECONDS.toNanos(1);
  }

  private void carryOut() {
    Effect effect = outbox.poll();
    while (effect != null) {
      if (effect instanceof Effect.Send send) {
        sent.add((FailoverMessage) send.frame());
      } else if (effect instanceof Effect.Scan scan) {
        scans++;
        outbox.done(scan.token(), page(scan), moment());
      } else if (effect instanceof Effect.Report report && report.isWarning()) {
        warnings.add(report.what());
      } else if (effect instanceof Effect.Edit edit) {
        edited++;
        if (isStoreSlow) {
          edits.add(edit);
        } else {
          carryOut(edit);
        }
      } else if (effect instanceof Effect.Amend amend) {
        edited++;
        amend(amend);
      }
      effect = outbox.poll();
    }
  }

  private List<Lease> page(Effect.Scan scan) {
    Map<LeaseKey, Lease> rest = scan.after().map(key -> tail(key)).orElse(leases);
    return rest.values().stream().limit(scan.limit()).toList();
  }

  private Map<LeaseKey, Lease> tail(LeaseKey after) {
    return leases.tailMap(after, false);
  }

  private void carryOut(Effect.Edit effect) {
    if (isStoreBroken) {
      outbox.failed(effect.token(), "the disk is full", moment());
      return;
    }
    List<Outcome> outcomes = new ArrayList<>();
    List<LeaseChange> changes = new ArrayList<>();
    for (Edit edit : effect.edits()) {
      outcomes.add(apply(edit, changes));
    }
    changes.forEach(this::hear);
    outbox.done(effect.token(), outcomes, moment());
  }

  /** What is amended is not heard of, and waits for no disk. */
  private void amend(Effect.Amend effect) {
    if (isStoreBroken) {
      outbox.failed(effect.token(), "the disk is full", moment());
      return;
    }
    List<LeaseChange> changes = new ArrayList<>();
    outbox.done(
        effect.token(),
        effect.edits().stream().map(edit -> apply(edit, changes)).toList(),
        moment());
  }

  private Outcome apply(Edit edit, List<LeaseChange> changes) {
    Optional<Lease> present = Optional.ofNullable(leases.get(edit.key()));
    Optional<Lease> after = edit.rule().apply(present, now);
    if (after.equals(present)) {
      return Outcome.KEPT;
    }
    written++;
    after.ifPresentOrElse(lease -> leases.put(edit.key(), lease), () -> leases.remove(edit.key()));
    changes.add(new LeaseChange(edit.key(), after));
    return Outcome.CHANGED;
  }

  @Override
  public void onRequestDone(Moment at) {
    told.add("request done");
  }

  @Override
  public void onStalled(String why, Moment at) {
    told.add("stalled: " + why);
  }

  @Override
  public void onCaughtUp(Moment at) {
    told.add("caught up");
  }

  /** The partner takes what it was told. */
  void accept(FailoverMessage update) {
    answer(update, Optional.empty());
  }

  /** The partner knows better. */
  void reject(FailoverMessage update) {
    answer(update, Optional.of(new StatusCode(Dhcp6StatusCode.OUTDATED_BINDING_INFORMATION, "")));
  }

  /** The partner answers what it was told. */
  void answer(FailoverMessage update, Optional<StatusCode> refusal) {
    take(Dhcp6MessageType.BNDREPLY, update.transactionId(), Samples.answer(update, refusal));
  }
}
