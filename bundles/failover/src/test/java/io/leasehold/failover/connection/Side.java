// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import io.leasehold.codec.failover.ConnectFlags;
import io.leasehold.codec.failover.ConnectTerms;
import io.leasehold.codec.failover.FailoverFrame;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.FailoverOptionCode;
import io.leasehold.codec.failover.ProtocolVersion;
import io.leasehold.codec.failover.ServerFlags;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.codec.failover.StateReport;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.failover.config.SettingsOfTests;
import io.leasehold.failover.effect.Completion;
import io.leasehold.failover.effect.Effect;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.effect.Outbox;
import io.leasehold.failover.lease.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A slot with its clock, the partner's words as a test has them, and what it was told. */
final class Side implements SlotListener {
  /** 2027-01-20 16:57:36 UTC. */
  static final long START = AbsoluteTime.EPOCH_UNIX_SECONDS + 0x32e3a400L;

  static final ConnectTerms TERMS =
      new ConnectTerms(ProtocolVersion.CURRENT, 3600, 60, 64, new ConnectFlags(true));

  /** What the listener was told, a word each. */
  final List<String> told = new ArrayList<>();

  /** All effects so far. */
  final List<Effect> effects = new ArrayList<>();

  final Outbox outbox = new Outbox();
  final FailoverSettings settings;
  final ConnectionSlot slot;

  /** If true, what was to be stored waits in {@link #storing}. */
  boolean isStoreSlow;

  Completion<Void> storing;

  /** What is said when the connection is up. */
  Options state = normal();

  Session session;
  long wallMillis = START * 1000;
  long steadyMillis;

  private Side(Role role, String... lines) {
    settings = settings(role, lines);
    slot = new ConnectionSlot(settings, settings::mcltSeconds, idsFrom(2), this, outbox);
    slot.start(now());
    drain();
  }

  static Side primary(String... lines) {
    return new Side(Role.PRIMARY, lines);
  }

  static Side secondary(String... lines) {
    return new Side(Role.SECONDARY, lines);
  }

  static FailoverSettings settings(Role role, String... lines) {
    String word = role.name().toLowerCase(Locale.ROOT);
    return SettingsOfTests.of(
        Stream.concat(
                Stream.of(
                    "role = " + word,
                    "prefix.fixed.length = true",
                    "dhcp4 = false",
                    "max.unacked = 64"),
                Stream.of(lines))
            .toArray(String[]::new));
  }

  /** Options that CONNECT and CONNECTREPLY must have. */
  static IntStream mandatory() {
    return IntStream.of(
        FailoverOptionCode.PROTOCOL_VERSION,
        FailoverOptionCode.MCLT,
        FailoverOptionCode.KEEPALIVE_TIME,
        FailoverOptionCode.MAX_UNACKED_BNDUPD,
        FailoverOptionCode.CONNECT_FLAGS);
  }

  /** Ids that begin with this one. */
  static RandomGenerator idsFrom(int first) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return 0;
      }

      @Override
      public int nextInt(int bound) {
        return first - 1;
      }
    };
  }

  Moment now() {
    return new Moment(Math.floorDiv(wallMillis, 1000), TimeUnit.MILLISECONDS.toNanos(steadyMillis));
  }

  /** Lets time pass, and the slot's timer run whenever it wants to. */
  void pass(double seconds) {
    long end = steadyMillis + Math.round(seconds * 1000);
    for (long due = dueMillis(); due <= end; due = dueMillis()) {
      jump(Math.max(0, due - steadyMillis));
      slot.onTimer(now());
      drain();
    }
    jump(end - steadyMillis);
  }

  private long dueMillis() {
    long deadline = slot.deadline();
    return deadline == Moment.NEVER ? Long.MAX_VALUE : (deadline + 999_999) / 1_000_000;
  }

  /** Lets time pass without any timer. */
  void jump(long millis) {
    wallMillis += millis;
    steadyMillis += millis;
  }

  void drain() {
    for (Effect effect = outbox.poll(); effect != null; effect = outbox.poll()) {
      effects.add(effect);
    }
  }

  // What the partner does.

  void opened(long connection) {
    slot.onOpened(connection, true, now());
    drain();
  }

  void says(long connection, FailoverFrame frame) {
    slot.onFrame(connection, frame, now());
    drain();
  }

  void says(long connection, int type, int id, Options options) {
    says(connection, message(type, id, options));
  }

  void connects(long connection, FailoverMessage connect) {
    slot.onConnect(connection, true, connect, now());
    drain();
  }

  void connects(long connection) {
    connects(connection, connect(TERMS));
  }

  FailoverMessage connect(ConnectTerms terms) {
    return message(Dhcp6MessageType.CONNECT, 2, terms.toOptions(Optional.of("pair1")));
  }

  FailoverMessage message(int type, int id, Options options) {
    return new FailoverMessage(type, id, AbsoluteTime.ofUnixSeconds(now().wallSeconds()), options);
  }

  /** CONNECTREPLY to the CONNECT that was sent on the connection. */
  void accepts(long connection, ConnectTerms terms) {
    int id = sent(connection).get(0).transactionId();
    says(connection, Dhcp6MessageType.CONNECTREPLY, id, terms.toOptions(Optional.empty()));
  }

  /** Both have said CONNECT and the partner STATE, on connection 1. */
  Side up() {
    if (settings.role() == Role.PRIMARY) {
      opened(1);
      accepts(1, TERMS);
    } else {
      connects(1);
    }
    says(1, Dhcp6MessageType.STATE, 90, normal());
    return this;
  }

  static Options normal() {
    return new StateReport(
            ServerState.NORMAL,
            new ServerFlags(true, false, false),
            AbsoluteTime.ofUnixSeconds(START - 100),
            Optional.empty())
        .toOptions();
  }

  static Options status(int code) {
    return Options.builder().add(Dhcp6Options.STATUS_CODE, new StatusCode(code, "why")).build();
  }

  // What was done.

  /** Messages sent on a connection. */
  List<FailoverMessage> sent(long connection) {
    return effects.stream()
        .filter(each -> each instanceof Effect.Send send && send.connection() == connection)
        .map(each -> (FailoverMessage) ((Effect.Send) each).frame())
        .toList();
  }

  /** Their types. */
  List<String> words(long connection) {
    return sent(connection).stream().map(each -> Dhcp6MessageType.name(each.type())).toList();
  }

  FailoverMessage last(long connection) {
    List<FailoverMessage> all = sent(connection);
    return all.get(all.size() - 1);
  }

  /** Code of the status in the last message. */
  int refusal(long connection) {
    return last(connection).options().first(Dhcp6Options.STATUS_CODE).orElseThrow().code();
  }

  boolean isClosed(long connection) {
    return effects.stream()
        .anyMatch(each -> each instanceof Effect.Close close && close.connection() == connection);
  }

  long opens() {
    return effects.stream().filter(Effect.Open.class::isInstance).count();
  }

  List<String> warnings() {
    return effects.stream()
        .filter(each -> each instanceof Effect.Report report && report.isWarning())
        .map(each -> ((Effect.Report) each).what())
        .toList();
  }

  // What the slot tells.

  @Override
  public void onMclt(long seconds, Completion<Void> adopted) {
    told.add("mclt " + seconds);
    if (isStoreSlow) {
      storing = adopted;
    } else {
      adopted.done(null, now());
    }
  }

  @Override
  public void onUp(Session up, Moment at) {
    told.add("up");
    session = up;
    up.send(Dhcp6MessageType.STATE, state, at);
  }

  @Override
  public void onDown(String why, Moment at) {
    told.add("down");
  }

  @Override
  public void onState(StateReport report, Moment at) {
    told.add("state " + report.state().word());
  }

  @Override
  public void onUpdate(FailoverMessage bndupd, Moment at) {
    told.add("bndupd " + bndupd.transactionId());
  }

  @Override
  public void onReply(FailoverMessage bndreply, Moment at) {
    told.add("bndreply " + bndreply.transactionId());
  }

  @Override
  public void onUpdateRequest(int id, boolean all, Moment at) {
    told.add((all ? "updreqall " : "updreq ") + id);
  }

  @Override
  public void onUpdateDone(int id, Moment at) {
    told.add("upddone " + id);
  }

  @Override
  public void onPoolRequest(int id, Moment at) {
    told.add("poolreq " + id);
  }

  @Override
  public void onPoolResponse(int id, Moment at) {
    told.add("poolresp " + id);
  }

  @Override
  public void onDisconnect(Optional<StatusCode> status, Moment at) {
    told.add("disconnect " + status.map(StatusCode::code).orElse(0));
  }
}
