// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.wire.Unsigned;
import io.leasehold.rserpool.wire.enrp.EnrpMessage;
import io.leasehold.rserpool.wire.enrp.HandleTableRequest;
import io.leasehold.rserpool.wire.enrp.HandleTableResponse;
import io.leasehold.rserpool.wire.enrp.ListRequest;
import io.leasehold.rserpool.wire.enrp.ListResponse;
import io.leasehold.rserpool.wire.parameter.ServerInformation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The start of a registrar (RFC 5353 section 3.2): a mentor says who there is and what there is.
 * One that cannot is left for the next. Of several that start together, and so can tell each other
 * nothing, the one of the largest identifier begins; one that reaches nobody begins alone. Of the
 * thread of the registrar.
 */
final class Joining {
  /** Where it is. */
  private enum Step {
    /** Looks for a mentor. */
    SEEKING,
    /** Has asked for the list of registrars. */
    LISTING,
    /** Downloads the handlespace. */
    LOADING,
    /** Nobody could help; waits. */
    PAUSING,
    /** Has all. */
    DONE
  }

  private final Scope scope;
  private final Contacts contacts;

  /** Of this round: who could not help, and which of these start themselves. */
  private final Set<Long> tried = new HashSet<>();

  private final Set<Long> starting = new HashSet<>();

  /** What came during the download, and is newer. */
  private final List<EnrpMessage> waiting = new ArrayList<>();

  private Step step = Step.SEEKING;
  private Peer mentor;
  private Reading reading;
  private long deadline = SessionEvents.NEVER;
  private long alone;
  private boolean isOver;

  Joining(Scope scope, Contacts contacts) {
    this.scope = scope;
    this.contacts = contacts;
  }

  void start(long now) {
    alone = Scope.after(now, scope.timers().lastHeard());
    advance(now);
  }

  /** What it does, a sentence. */
  String condition() {
    return switch (step) {
      case SEEKING -> "looks for another registrar that has the handlespace";
      case LISTING -> "asks registrar " + mentor.who() + " who there is";
      case LOADING -> "downloads the handlespace from registrar " + mentor.who();
      case PAUSING -> "waits, because no other registrar can give it the handlespace now";
      case DONE -> "serves";
    };
  }

  /** Something may have become possible. */
  void advance(long now) {
    if (step != Step.SEEKING) {
      return;
    }
    Peer next = nextMentor();
    if (next != null) {
      mentor = next;
      step = Step.LISTING;
      ask(new ListRequest(scope.serverId(), next.id), now);
    } else {
      judge(now);
    }
  }

  private void ask(EnrpMessage request, long now) {
    deadline = Scope.after(now, scope.timers().noResponse());
    if (!scope.send(mentor.link(), request)) {
      leave(now);
    }
  }

  /** In the order in which they were configured, then whoever else is there. */
  private Peer nextMentor() {
    for (Contact each : contacts.configured()) {
      if (isCandidate(scope.peers.get(each.server))) {
        return scope.peers.get(each.server);
      }
    }
    return scope.peers.values().stream().filter(this::isCandidate).findFirst().orElse(null);
  }

  private boolean isCandidate(Peer peer) {
    return peer != null && peer.isHeard && peer.link() != null && !tried.contains(peer.id);
  }

  /** Nobody is left in this round. */
  private void judge(long now) {
    boolean isFirst = starting.stream().allMatch(each -> each < scope.serverId());
    boolean isAllTried =
        contacts.configured().stream()
            .allMatch(each -> each.isSelf || each.failures > 0 || tried.contains(each.server));
    boolean isOnlySelf = contacts.configured().stream().allMatch(each -> each.isSelf);
    boolean isTogether = isAllTried && !starting.isEmpty() && starting.containsAll(tried);
    // RFC 5353 section 3.2.2.1: told of nobody, it is alone.
    if (isOnlySelf || isTogether && isFirst || now >= alone) {
      finish(now);
    } else if (!tried.isEmpty() && isAllTried) {
      step = Step.PAUSING;
      deadline = Scope.after(now, scope.timers().pause());
    } else {
      deadline = alone;
    }
  }

  /** The mentor of this moment cannot help. */
  private void leave(long now) {
    tried.add(mentor.id);
    if (reading != null) {
      reading.abandon();
      reading = null;
    }
    waiting.clear();
    step = Step.SEEKING;
    advance(now);
  }

  /** An answer to the request for a list; whether it was one. */
  boolean list(Peer from, ListResponse response, long now) {
    if (step != Step.LISTING || from != mentor) {
      return false;
    }
    if (response.rejected()) {
      starting.add(from.id);
      leave(now);
      return true;
    }
    for (ServerInformation each : response.servers()) {
      if (each.server() != scope.serverId()
          && each.server() != EnrpMessage.EVERYBODY
          && scope.introduce(each.server(), now) != null) {
        contacts.learn(each.server(), each.transports(), null, now);
      }
    }
    alone = Scope.after(now, scope.timers().lastHeard());
    step = Step.LOADING;
    reading = new Reading(scope, from, false);
    ask(new HandleTableRequest(scope.serverId(), from.id, false), now);
    return true;
  }

  /** A page of the download; whether it was one. */
  boolean table(Peer from, HandleTableResponse response, long now) {
    if (step != Step.LOADING || from != mentor) {
      return false;
    }
    if (response.rejected() || !reading.page(response.entries(), response.moreToSend(), now)) {
      leave(now);
    } else if (response.moreToSend()) {
      alone = Scope.after(now, scope.timers().lastHeard());
      ask(new HandleTableRequest(scope.serverId(), from.id, false), now);
    } else {
      reading.finish(now);
      reading = null;
      finish(now);
    }
    return true;
  }

  /** Keeps what comes during the download; when that is too much, it is begun again. */
  void keep(EnrpMessage message, long now) {
    if (step == Step.LOADING) {
      if (waiting.size() < scope.limits().waiting()) {
        waiting.add(message);
      } else {
        leave(now);
      }
    }
  }

  /** Whether what was kept was given away: the start is over. */
  boolean isOver() {
    return isOver;
  }

  /** What was kept, once it is done. */
  List<EnrpMessage> end() {
    isOver = true;
    List<EnrpMessage> all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }

  private void finish(long now) {
    step = Step.DONE;
    deadline = SessionEvents.NEVER;
    scope.isReady = true;
    scope
        .notebook()
        .event(
            "registrar %s serves, with %d pool elements and %d other registrars"
                .formatted(
                    Unsigned.hex(scope.serverId()), scope.space().elements(), scope.peers.size()));
  }

  void onTimer(long now) {
    if (deadline > now) {
      return;
    }
    switch (step) {
      case SEEKING -> advance(now);
      case LISTING, LOADING -> leave(now);
      case PAUSING -> {
        tried.clear();
        starting.clear();
        step = Step.SEEKING;
        advance(now);
      }
      case DONE -> deadline = SessionEvents.NEVER;
    }
  }

  long deadline() {
    return deadline;
  }
}
