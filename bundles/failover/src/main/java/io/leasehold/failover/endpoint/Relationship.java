// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.allocation.GovernedLeases;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.binding.Bindings;
import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.failover.connection.ConnectionSlot;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.effect.Outbox;
import io.leasehold.failover.lease.Role;
import io.leasehold.failover.pool.PoolBalance;
import io.leasehold.failover.pool.RelationshipFacts;
import io.leasehold.lease.LeaseKey;
import io.leasehold.net.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The parts of an endpoint, and what they know together. Owner: the endpoint's thread. */
final class Relationship {
  final FailoverSettings settings;
  final Outbox outbox = new Outbox();
  final Alarms alarms = new Alarms(outbox);
  final StateAnnouncer announcer = new StateAnnouncer();
  final Drain drain = new Drain();
  final ClockDoubt doubt;
  final NoteKeeper notes;
  final PartnerView partner;
  final Reasons reasons;
  final Views views;
  final StateMachine machine;
  final ConnectionSlot slot;
  final Bindings bindings;
  final PoolBalance pool;
  final Duties duties;
  final Dhcp4Leases dhcp4;

  /** When the state was entered, by what is durable or was found at the start. */
  private final long startedSeconds;

  private String why = "This server has started.";
  private boolean isRunning;
  private boolean isStopping;
  private long runSeconds;

  Relationship(
      FailoverSettings settings,
      Optional<Bytes> note,
      Predicate<LeaseKey> contains,
      Supplier<List<GovernedLeases.Pool>> pools,
      RandomGenerator ids,
      Moment now) {
    this.settings = settings;
    this.startedSeconds = now.wallSeconds();
    EndpointRecord stored = stored(note, now);
    this.doubt = new ClockDoubt(stored.past().doubtedUntil(), now);
    this.notes = new NoteKeeper(stored, this::latest, outbox);
    this.partner = new PartnerView(stored.partner());
    this.reasons = new Reasons(settings, notes, partner, new Startup(settings, stored, now));
    this.views = new Views(settings, stored, outbox);
    this.machine = new StateMachine(notes, new Course(this));
    this.duties = new Duties(this);
    this.slot =
        new ConnectionSlot(
            settings, () -> notes.durable().mcltSeconds(), ids, new SlotEvents(this), outbox);
    this.bindings = new Bindings(settings, this::facts, doubt::until, contains, duties, outbox);
    this.dhcp4 = new Dhcp4Leases(this, pools);
    this.pool = new PoolBalance(settings, this::facts, dhcp4::sharedPools, duties, outbox);
  }

  private EndpointRecord stored(Optional<Bytes> note, Moment now) {
    Optional<EndpointRecord> read = note.flatMap(EndpointRecord::decode);
    boolean isLost = note.isPresent() && read.isEmpty();
    if (isLost) {
      alarms.raise(
          Alarms.Kind.NOTE, "What was stored of the relationship cannot be read: RECOVER.", now);
    }
    if (read.filter(it -> it.past().hasCommunicated()).isPresent()) {
      warnOfCommission(now);
    }
    EndpointRecord record =
        read.orElseGet(
            () -> EndpointRecord.fresh(now.wallSeconds(), settings.mcltSeconds(), isLost));
    return settings.role() == Role.PRIMARY ? record.lead(settings.mcltSeconds()) : record;
  }

  /** This server has a past with its partner, so that it need not begin alone any more. */
  void warnOfCommission(Moment now) {
    if (settings.commissionAlone()) {
      alarms.raise(
          Alarms.Kind.SETTINGS,
          "commission.alone is still set: a server that has lost its disk would serve alone.",
          now);
    }
  }

  /** What is worth to be stored whenever something is. */
  private EndpointRecord latest(EndpointRecord record) {
    EndpointRecord.Past past =
        isRunning ? record.past().running(runSeconds, isStopping) : record.past();
    return record
        .with(past.doubted(doubt.until()))
        .with(partner.record(slot.partner().lastHeard()));
  }

  /** This server runs. */
  void seen(Moment now) {
    runSeconds = now.wallSeconds();
  }

  /** STARTUP ends: from now on it counts that this server runs. */
  void running() {
    isRunning = true;
  }

  boolean isRunning() {
    return isRunning;
  }

  /** What is stored from now on is the last. */
  void stopping() {
    isStopping = true;
  }

  boolean isStopping() {
    return isStopping;
  }

  ServerState state() {
    return machine.state();
  }

  /** Why the state was entered, a sentence. */
  String why() {
    return why;
  }

  void because(String reason) {
    why = reason;
  }

  /** Since when the state holds, seconds since 1970. */
  long since() {
    return state() == ServerState.STARTUP ? startedSeconds : notes.durable().own().since();
  }

  boolean isInContact() {
    return partner.isInContact();
  }

  /** How the relationship stands. */
  RelationshipFacts facts() {
    return views.facts(state(), notes.durable(), isInContact(), reasons.isAwaited(state()));
  }

  /** Says the state on the connection, if there is one. */
  void announce(Moment now) {
    boolean isStartingUp = state() == ServerState.STARTUP;
    Startup startup = reasons.startup();
    EndpointRecord.Own own = notes.durable().own();
    announcer.announce(
        isStartingUp
            ? new EndpointRecord.Own(startup.previous(), own.former(), startup.since())
            : own,
        isStartingUp,
        partner.flags().startup(),
        now);
  }
}
