// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

import io.leasehold.security.Admission;
import io.leasehold.security.Health;
import io.leasehold.security.HopEnd;
import io.leasehold.security.Peer;
import io.leasehold.security.SecurityServices;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The conversation with the IKE daemon: asks what is in force every five seconds and whenever it
 * says that something changed, and has SAs made before the first message needs them. Confined to
 * one thread, but for {@link #admit} and {@link #health}.
 */
public final class IpsecMonitor {
  private static final Duration ROUND = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final List<String> EVENTS =
      List.of(
          "list-sa",
          "list-policy",
          "log",
          "ike-updown",
          "child-updown",
          "ike-rekey",
          "child-rekey",
          "ike-update");
  private static final Set<String> NEWS =
      Set.of("ike-updown", "child-updown", "ike-rekey", "child-rekey", "ike-update");

  private final SecurityServices services;
  private final Set<String> only;
  private final WarmUp warmUp = new WarmUp();
  private final Deque<ViciPacket> queue = new ArrayDeque<>();
  private final List<IkeSa> associations = new ArrayList<>();
  private final List<Policy> policies = new ArrayList<>();
  private final Map<Hop, Long> unkeyedSince = new HashMap<>();
  private volatile Snapshot snapshot;
  private ViciPacket awaiting;
  private boolean kernelRefuses;
  private boolean again;
  private long deadline;

  /**
   * Begins with nothing verified.
   *
   * @param only peers that count; empty: all that policies are for
   */
  public IpsecMonitor(SecurityServices services, Set<String> only) {
    this.services = services;
    this.only = Set.copyOf(only);
    this.snapshot = Snapshot.none(now(), "strongSwan was not asked yet");
    this.deadline = Long.MAX_VALUE;
  }

  private long now() {
    return services.nanos().getAsLong();
  }

  /** Whether a message may pass. From any thread; fast. */
  public Admission admit(HopEnd local, HopEnd remote) {
    return snapshot.admit(local, remote, now());
  }

  /** How the hops are together. From any thread. */
  public Health health() {
    return snapshot.health(now());
  }

  /** A connection to the IKE daemon is there. */
  public void connected() {
    forget();
    EVENTS.forEach(event -> queue.add(ViciPacket.register(event)));
    ask();
    deadline = now() + PATIENCE.toNanos();
  }

  /** There is no connection: nothing is known any more, so nothing passes. */
  public void disconnected(String reason) {
    forget();
    deadline = Long.MAX_VALUE;
    publish(Snapshot.none(now(), reason));
  }

  private void forget() {
    queue.clear();
    awaiting = null;
    again = false;
    kernelRefuses = false;
    associations.clear();
    policies.clear();
    unkeyedSince.clear();
  }

  private void ask() {
    associations.clear();
    policies.clear();
    again = false;
    queue.add(ViciPacket.request("list-sas"));
    queue.add(ViciPacket.request("list-policies", "trap", "yes", "pass", "yes"));
  }

  /** What to send now; nothing while an answer is awaited. */
  public Optional<ViciPacket> next() {
    if (awaiting != null || queue.isEmpty()) {
      return Optional.empty();
    }
    awaiting = queue.remove();
    deadline = now() + PATIENCE.toNanos();
    return Optional.of(awaiting);
  }

  /**
   * Takes a packet.
   *
   * @throws ViciFormatException if it makes no sense here; the connection is to be closed
   */
  public void receive(ViciPacket packet) throws ViciFormatException {
    switch (packet.type()) {
      case EVENT -> event(packet);
      case RESPONSE, CONFIRM -> answered();
      case UNKNOWN_EVENT -> {
        if (awaiting != null && !NEWS.contains(awaiting.name())) {
          throw new ViciFormatException("strongSwan does not know the event " + awaiting.name());
        }
        answered();
      }
      default -> throw new ViciFormatException("strongSwan says " + packet.type());
    }
  }

  private void event(ViciPacket packet) {
    switch (packet.name()) {
      case "list-sa" ->
          packet.message().sections().forEach((name, sa) -> associations.add(IkeSa.of(name, sa)));
      case "list-policy" ->
          packet.message().sections().values().forEach(each -> policies.add(Policy.of(each)));
      case "log" -> kernelRefuses |= isRefusalOfKernel(packet.message());
      default -> news();
    }
  }

  /** The only way to learn it: VICI says of a failed SA that it failed, and not why. */
  private static boolean isRefusalOfKernel(ViciMessage log) {
    return log.value("group").equals("KNL")
        && log.value("msg").startsWith("unable to add SAD entry");
  }

  private void news() {
    if (awaiting == null && queue.isEmpty()) {
      ask();
    } else {
      again = true;
    }
  }

  private void answered() throws ViciFormatException {
    if (awaiting == null) {
      throw new ViciFormatException("strongSwan answers what was not asked");
    }
    boolean whole = awaiting.name().equals("list-policies");
    awaiting = null;
    if (whole) {
      conclude();
    }
    if (queue.isEmpty()) {
      deadline = now() + ROUND.toNanos();
      if (again) {
        ask();
      }
    }
  }

  private void conclude() {
    List<Peer> peers =
        services.peers().peers().stream()
            .filter(peer -> only.isEmpty() || only.contains(peer.id()))
            .toList();
    Map<Hop, Hop.Finding> found =
        new Verification(associations, policies, peers, services.clock().instant()).findings();
    kernelRefuses &= found.values().stream().noneMatch(Hop.Finding::keyed);
    long now = now();
    unkeyedSince.keySet().retainAll(found.keySet());
    Map<Hop, Hop.Finding> judged = new LinkedHashMap<>();
    found.forEach((hop, finding) -> judged.put(hop, judged(hop, finding, now)));
    List<String> missing =
        only.stream()
            .filter(id -> found.values().stream().noneMatch(each -> each.peer().equals(id)))
            .toList();
    publish(
        new Snapshot(
            now,
            judged,
            missing,
            kernelRefuses ? "kernel has no ESP: it takes no SA; load esp4 and esp6" : ""));
    warmUp.due(found.values(), now).forEach(queue::add);
  }

  /** A policy without SA is what the first message meets; if that lasts, no SA will come. */
  private Hop.Finding judged(Hop hop, Hop.Finding finding, long now) {
    if (finding.keyed() || !finding.admission().admitted()) {
      unkeyedSince.remove(hop);
      return finding;
    }
    long since = unkeyedSince.computeIfAbsent(hop, first -> now);
    return now - since < Snapshot.FRESH.toNanos()
        ? finding
        : finding.refused("IKE is established, but no SA comes up; strongSwan's log says why");
  }

  private void publish(Snapshot next) {
    Snapshot last = snapshot;
    snapshot = next;
    next.hops()
        .forEach(
            (hop, finding) -> {
              boolean was =
                  last.finding(hop).filter(each -> each.admission().admitted()).isPresent();
              if (finding.admission().admitted() && !was) {
                services.audit().event("ipsec-up", finding.peer(), hop + " is protected by ESP");
              }
            });
    last.hops().forEach((hop, before) -> lost(hop, before, next));
  }

  private void lost(Hop hop, Hop.Finding before, Snapshot next) {
    Optional<Hop.Finding> after = next.finding(hop);
    if (before.admission().admitted()
        && after.filter(each -> each.admission().admitted()).isEmpty()) {
      String why =
          after
              .map(each -> each.admission().reason())
              .orElse(next.trouble().isEmpty() ? "the policy is gone" : next.trouble());
      services.audit().event("ipsec-down", before.peer(), hop + " is closed: " + why);
    }
  }

  /** When {@link #onTimer} is to be called, by the clock of deadlines. */
  public long nextTimerNanos() {
    return deadline;
  }

  /**
   * A deadline has come.
   *
   * @throws ViciFormatException if an answer does not come; the connection is to be closed
   */
  public void onTimer() throws ViciFormatException {
    if (deadline == Long.MAX_VALUE || now() - deadline < 0) {
      return;
    }
    if (awaiting != null) {
      throw new ViciFormatException(
          "strongSwan does not answer " + awaiting.name() + " for " + PATIENCE.toSeconds() + " s");
    }
    deadline = now() + ROUND.toNanos();
    news();
  }

  /** Peers have changed. */
  public void refresh() {
    if (deadline != Long.MAX_VALUE) {
      news();
    }
  }
}
