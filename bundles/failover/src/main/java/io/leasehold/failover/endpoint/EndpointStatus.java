// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.failover.FailoverStatus;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.lease.Role;
import io.leasehold.failover.pool.PoolShare;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How an endpoint stands, as it is shown. */
record EndpointStatus(
    String name,
    boolean isPrimary,
    Standing standing,
    Optional<Standing> partner,
    List<String> waysOut,
    Contact contact,
    Updates updates,
    List<Share> shares,
    List<String> differences,
    Map<String, Long> counters,
    List<String> alarms,
    List<Event> events)
    implements FailoverStatus {

  /** Of now. */
  static EndpointStatus of(Relationship its, Moment now) {
    return new EndpointStatus(
        its.settings.name(),
        its.settings.role() == Role.PRIMARY,
        new Standing(its.state().word(), Instant.ofEpochSecond(its.since()), its.why()),
        partner(its),
        WaysOut.of(its, now),
        contact(its),
        new Updates(
            its.bindings.waiting(),
            its.bindings.unanswered(),
            instant(its.bindings.lastAnswered().orElse(0))),
        its.pool.shares().stream().map(EndpointStatus::share).toList(),
        its.slot.partner().differences(),
        counters(its),
        its.alarms.standing(),
        its.alarms.events());
  }

  private static Optional<Standing> partner(Relationship its) {
    EndpointRecord.Partner said = its.partner.record();
    String why =
        its.isInContact()
            ? said.flags().startup() ? "It starts up." : "It says so."
            : "It said so before the connection was lost.";
    return said.state()
        .map(state -> new Standing(state.word(), Instant.ofEpochSecond(said.since()), why));
  }

  private static Contact contact(Relationship its) {
    long heard = its.partner.record(its.slot.partner().lastHeard()).heard();
    return new Contact(
        its.isInContact(),
        its.slot.partner().skewSeconds() * 1000,
        instant(heard),
        its.notes.durable().mcltSeconds());
  }

  private static Share share(PoolShare pool) {
    return new Share(
        pool.first().toString(),
        pool.units(),
        pool.free(),
        pool.backup(),
        pool.target(),
        pool.taken());
  }

  private static Optional<Instant> instant(long wallSeconds) {
    return wallSeconds == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(wallSeconds));
  }

  private static Map<String, Long> counters(Relationship its) {
    Map<String, Long> counters = new TreeMap<>(its.slot.counters());
    counters.putAll(its.bindings.counters());
    counters.putAll(its.pool.counters());
    counters.put("alarms", (long) its.alarms.standing().size());
    counters.put("alarms-raised", its.alarms.raised());
    counters.put("transitions", its.machine.transitions());
    counters.put("states-not-stored", its.notes.failures());
    return Collections.unmodifiableMap(counters);
  }
}
