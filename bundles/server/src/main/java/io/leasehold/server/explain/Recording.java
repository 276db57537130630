// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.explain;

import io.leasehold.codec.option.OptionSpace;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.server.Decision;
import io.leasehold.server.Decision.OptionFate;
import io.leasehold.server.Decision.Step;
import io.leasehold.server.Decision.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Keeps what it is told and hands it over at the end. It ceases to listen as soon as it is known
 * that nobody wants to know about this message.
 */
public final class Recording extends Explanation {
  /** Who wants to know. Any thread. */
  public interface Audience {
    /** Whether somebody wants to know about a message, whatever becomes of it. */
    boolean wants(Collection<Bytes> clients, Collection<Ipv6> relays, OptionalLong transactionId);

    /** Takes a decision; its number is to be set. */
    void take(Subject subject, Decision decision);
  }

  /**
   * Who and what a decision is about.
   *
   * @param clients by which the client may be known
   * @param relays addresses of relay agents
   * @param transactionId the transaction; empty if the message could not be read
   */
  public record Subject(
      Collection<Bytes> clients, Collection<Ipv6> relays, OptionalLong transactionId) {}

  private final Audience audience;
  private final Instant at;
  private final boolean trial;
  private final Ipv6 remote;
  private final List<Step> steps = new ArrayList<>();
  private final Set<Bytes> clients = new LinkedHashSet<>();
  private final Set<Ipv6> relays = new LinkedHashSet<>();
  private List<OptionLevel> levels = List.of();
  private Family family;
  private Bytes datagram = Bytes.EMPTY;
  private String type = "";
  private OptionalLong transactionId = OptionalLong.empty();
  private boolean on;

  /**
   * Listens.
   *
   * @param at when the message came
   * @param remote where it came from
   * @param trial whether this is only a trial
   */
  public Recording(Audience audience, Instant at, Ipv6 remote, boolean trial) {
    this.audience = audience;
    this.at = at;
    this.remote = remote;
    this.trial = trial;
  }

  @Override
  public boolean isOn() {
    return on;
  }

  @Override
  public boolean isTrial() {
    return trial;
  }

  @Override
  public void begin(Family of, Bytes octets) {
    family = of;
    datagram = octets;
    type = "";
    transactionId = OptionalLong.empty();
    levels = List.of();
    steps.clear();
    clients.clear();
    relays.clear();
    relays.add(remote);
    on = true;
  }

  @Override
  public void message(MessageFacts facts) {
    type = facts.type();
    transactionId = OptionalLong.of(facts.transactionId());
    clients.addAll(facts.identifiers());
    relays.addAll(facts.relays());
    step(Topic.MESSAGE, type, facts.way());
  }

  @Override
  public void client(List<Bytes> identifiers) {
    clients.addAll(identifiers);
    if (on && !audience.wants(clients, relays, transactionId)) {
      silence();
    }
  }

  @Override
  public void step(Topic topic, String what, String why) {
    if (on) {
      steps.add(new Step(topic, what, why));
    }
  }

  @Override
  public void options(List<OptionLevel> nearestFirst) {
    levels = List.copyOf(nearestFirst);
  }

  @Override
  public void answered(AnswerFacts facts) {
    if (on) {
      step(Topic.ANSWER, facts.what(), facts.why());
      OptionSpace space = family == Family.IPV6 ? OptionSpace.DHCP6 : OptionSpace.DHCP4;
      end(levels.isEmpty() ? List.of() : OptionFates.of(space, levels, facts), facts.datagram());
    }
  }

  @Override
  public void heeded(String what) {
    step(Topic.ANSWER, "none is due", what);
    end(List.of(), Bytes.EMPTY);
  }

  @Override
  public void dropped(String counter, String why) {
    step(Topic.DROP, counter, why);
    end(List.of(), Bytes.EMPTY);
  }

  private void end(List<OptionFate> fates, Bytes answer) {
    if (on) {
      Subject subject = new Subject(List.copyOf(clients), List.copyOf(relays), transactionId);
      if (audience.wants(subject.clients(), subject.relays(), transactionId)) {
        audience.take(
            subject,
            new Decision(
                0,
                at,
                family,
                type,
                transactionId.orElse(0),
                steps,
                fates,
                datagram.compact(),
                answer.compact()));
      }
      silence();
    }
  }

  private void silence() {
    on = false;
    steps.clear();
    levels = List.of();
  }
}
