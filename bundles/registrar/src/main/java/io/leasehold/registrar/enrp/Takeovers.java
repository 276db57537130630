// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.Unsigned;
import io.leasehold.rserpool.wire.enrp.EnrpMessage;
import io.leasehold.rserpool.wire.enrp.InitTakeover;
import io.leasehold.rserpool.wire.enrp.InitTakeoverAck;
import io.leasehold.rserpool.wire.enrp.TakeoverServer;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Finds out which registrar is gone, and who takes over what it owned (RFC 5353 sections 3.4.3 and
 * 3.5): whoever all others agree to, and of two the one of the larger identifier. One that is left
 * to another registrar is watched again after a while, because that one may go as well. Of the
 * thread of the registrar.
 */
final class Takeovers {
  /** Times in which nobody answered, after which one that is left to others is watched again. */
  private static final int PATIENCE = 4;

  /** Rounds after which operators hear who does not agree. */
  private static final int ROUNDS = 3;

  private final Scope scope;
  private final BiConsumer<Peer, Long> remove;

  /**
   * For one registrar.
   *
   * @param remove ends all that there is with a peer
   */
  Takeovers(Scope scope, BiConsumer<Peer, Long> remove) {
    this.scope = scope;
    this.remove = remove;
  }

  private static String alarm(Peer peer) {
    return "takeover-" + Unsigned.hex(peer.id);
  }

  private void enter(Peer peer, Peer.Status status, long deadline, String why) {
    if (peer.status != status && why != null) {
      scope.notebook().event("registrar %s %s".formatted(peer.who(), why));
    }
    if (peer.status == Peer.Status.TARGET && status != Peer.Status.TARGET) {
      scope.count(EnrpCount.ENRP_TAKEOVERS_STOPPED);
      scope.notebook().clear(alarm(peer));
    }
    peer.status = status;
    peer.deadline = deadline;
    peer.waitingFor.clear();
    peer.rounds = 0;
  }

  /** A message of a peer came: it is there, whatever others believe. */
  void heard(Peer peer, long now) {
    peer.lastHeard = now;
    peer.isHeard = true;
    if (peer.status != Peer.Status.ACTIVE) {
      boolean isNews = peer.status != Peer.Status.ASKED;
      enter(peer, Peer.Status.ACTIVE, SessionEvents.NEVER, isNews ? "is there again" : null);
    }
  }

  /** Somebody wants to take over. */
  void init(Peer from, InitTakeover message, long now) {
    if (message.target() == scope.serverId()) {
      // RFC 5353 section 3.5.1 rule 1
      scope
          .notebook()
          .event("registrar %s does not hear this one, and was told".formatted(from.who()));
      scope.toAll(scope.presence(EnrpMessage.EVERYBODY, false, false));
      return;
    }
    if (message.target() == from.id) {
      scope.count(EnrpCount.ENRP_INVALID_VALUES);
      return;
    }
    Peer target = scope.peers.get(message.target());
    if (target != null && target.status == Peer.Status.TARGET && scope.serverId() > from.id) {
      return;
    }
    if (target != null) {
      long until = Scope.after(now, scope.timers().noResponse().multipliedBy(PATIENCE));
      enter(target, Peer.Status.LEFT_TO_OTHERS, until, "is taken over by " + from.who());
    }
    scope.send(from.link(), new InitTakeoverAck(scope.serverId(), from.id, message.target()));
  }

  /** Somebody agrees. */
  void ack(Peer from, InitTakeoverAck message, long now) {
    Peer target = scope.peers.get(message.target());
    if (target == null
        || target.status != Peer.Status.TARGET
        || !target.waitingFor.remove(from.id)) {
      scope.count(EnrpCount.ENRP_UNEXPECTED);
    } else if (target.waitingFor.isEmpty()) {
      win(target, now);
    }
  }

  /** Somebody has taken over. */
  void done(Peer from, TakeoverServer message, long now) {
    Peer target = scope.peers.get(message.target());
    if (message.target() == scope.serverId()) {
      // The audit gives back what it can: others see at once that the accounts differ.
      scope
          .notebook()
          .event("registrar %s has taken this one over, which is there".formatted(from.who()));
      scope.toAll(scope.presence(EnrpMessage.EVERYBODY, false, false));
    } else if (target == from || target != null && isThere(target, now)) {
      scope.count(EnrpCount.ENRP_TAKEOVERS_REFUSED);
      scope
          .notebook()
          .event(
              "registrar %s is there, and not taken over by %s"
                  .formatted(target.who(), from.who()));
    } else {
      move(message.target(), from.id, now);
      if (target != null) {
        scope
            .notebook()
            .event("registrar %s was taken over by %s".formatted(target.who(), from.who()));
        end(target, now);
      }
    }
  }

  /**
   * Nobody takes over what is heard here, though he has asked before and was let: RFC 5353 section
   * 3.5.1 has bystanders agree whatever they hear.
   */
  private boolean isThere(Peer target, long now) {
    long fresh = scope.timers().heartbeat().plus(scope.timers().noResponse()).toNanos();
    return target.isHeard && target.link() != null && now - target.lastHeard <= fresh;
  }

  private List<ElementKey> move(long from, long to, long now) {
    List<ElementKey> moved = scope.space().takeOver(from, to);
    moved.forEach(scope::touch);
    return moved;
  }

  private void end(Peer target, long now) {
    if (target.status == Peer.Status.TARGET) {
      scope.notebook().clear(alarm(target));
    }
    remove.accept(target, now);
  }

  private void win(Peer target, long now) {
    // RFC 5353 section 3.5.2: it is told first.
    long self = scope.serverId();
    remove.accept(target, now);
    scope.notebook().clear(alarm(target));
    scope.toAll(new TakeoverServer(self, EnrpMessage.EVERYBODY, target.id));
    List<ElementKey> taken = move(target.id, self, now);
    scope.count(EnrpCount.ENRP_TAKEOVERS);
    scope
        .notebook()
        .event(
            "registrar %s is gone; %d pool elements were taken over"
                .formatted(target.who(), taken.size()));
    if (!taken.isEmpty()) {
      scope.changes.tookOver(taken, now);
    }
  }

  void onTimer(long now) {
    if (!scope.isReady) {
      return;
    }
    for (Peer each : List.copyOf(scope.peers.values())) {
      if (deadlineOf(each) <= now && scope.peers.containsValue(each)) {
        due(each, now);
      }
    }
  }

  private void due(Peer peer, long now) {
    switch (peer.status) {
      case ACTIVE -> ask(peer, now);
      case ASKED -> begin(peer, now);
      case TARGET -> again(peer, now);
      case LEFT_TO_OTHERS -> {
        enter(peer, Peer.Status.ACTIVE, SessionEvents.NEVER, "was not taken over after all");
        ask(peer, now);
      }
    }
  }

  /** RFC 5353 section 3.4.3: whoever cannot even be asked is dead. */
  private void ask(Peer peer, long now) {
    enter(peer, Peer.Status.ASKED, Scope.after(now, scope.timers().noResponse()), null);
    if (!scope.send(peer.link(), scope.presence(peer.id, true, true))) {
      begin(peer, now);
    }
  }

  /** RFC 5353 section 3.5.1. */
  private void begin(Peer target, long now) {
    enter(target, Peer.Status.TARGET, SessionEvents.NEVER, "is silent, and to be taken over");
    for (Peer each : scope.peers.values()) {
      boolean isActive = each.status == Peer.Status.ACTIVE || each.status == Peer.Status.ASKED;
      if (each != target && isActive) {
        target.waitingFor.add(each.id);
      }
    }
    round(target, now);
  }

  private void round(Peer target, long now) {
    scope.toAll(new InitTakeover(scope.serverId(), EnrpMessage.EVERYBODY, target.id));
    target.deadline = Scope.after(now, scope.timers().noResponse());
    target.rounds++;
    if (target.waitingFor.isEmpty()) {
      win(target, now);
    }
  }

  /** Not all have agreed: who is gone itself need not, the others are asked again. */
  private void again(Peer target, long now) {
    target.waitingFor.removeIf(
        id -> {
          Peer peer = scope.peers.get(id);
          return peer == null || peer.link() == null || peer.status != Peer.Status.ACTIVE;
        });
    if (target.waitingFor.isEmpty()) {
      win(target, now);
      return;
    }
    if (target.rounds >= ROUNDS) {
      scope
          .notebook()
          .alarm(
              alarm(target),
              "registrar %s is gone, and cannot be taken over because these do not agree: %s; see whether they are well"
                  .formatted(
                      target.who(),
                      target.waitingFor.stream().sorted().map(Unsigned::hex).toList()));
    }
    round(target, now);
  }

  private long deadlineOf(Peer peer) {
    return peer.status == Peer.Status.ACTIVE
        ? Scope.after(peer.lastHeard, scope.timers().lastHeard()) + 1
        : peer.deadline;
  }

  long deadline() {
    return !scope.isReady
        ? SessionEvents.NEVER
        : scope.peers.values().stream()
            .mapToLong(this::deadlineOf)
            .min()
            .orElse(SessionEvents.NEVER);
  }
}
