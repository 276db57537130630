// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.enrp.EnrpError;
import io.leasehold.rserpool.wire.enrp.EnrpMessage;
import io.leasehold.rserpool.wire.parameter.OperationError;
import io.leasehold.security.PeerRole;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The connections with other registrars: who may have one, who is at its other end, and which one
 * is used when there are several. Of the thread of the registrar.
 */
final class Links {
  /** With one peer; more are of no use. */
  private static final int MOST_OF_PEER = 3;

  /** Server identifiers of one identity: after a start it has another one. */
  private static final int MOST_OF_IDENTITY = 4;

  private static final Duration QUIET = Duration.ofSeconds(10);

  private final Scope scope;
  private final Map<Long, Link> links = new HashMap<>();
  private long opened;
  private long nextEvent = Long.MIN_VALUE;

  Links(Scope scope) {
    this.scope = scope;
  }

  Link open(Contact contact) {
    Link link = new Link(scope.sessions.connect(contact.spec), contact);
    links.put(link.session, link);
    return link;
  }

  /** An open connection; null if there is none of that number. */
  Link of(long session) {
    return links.get(session);
  }

  /**
   * A connection is open.
   *
   * @return it; null if its other end must not speak
   */
  Link opened(long session, Caller caller, long now) {
    Link link = links.computeIfAbsent(session, number -> new Link(number, null));
    link.caller = caller;
    link.order = ++opened;
    link.endsAt = Scope.after(now, scope.timers().noResponse().multipliedBy(2));
    EnrpCount refused = refusal(link);
    if (refused == null) {
      return link;
    }
    // RFC 5355 section 2.15: not an octet of it is looked at.
    scope.count(refused);
    refuse(link, "it is not proved to be a registrar", now);
    return null;
  }

  private EnrpCount refusal(Link link) {
    if (scope.premises.isSecure()) {
      if (!link.caller.isSecure()) {
        return EnrpCount.ENRP_REFUSED_INSECURE;
      }
      if (!scope.premises.rights().permits(link.caller.peer().get(), PeerRole.ENRP_SERVER)) {
        return EnrpCount.ENRP_REFUSED_ROLE;
      }
    }
    long strangers = links.values().stream().filter(each -> each.peer == null).count();
    boolean isTooMany = !link.isOurs() && strangers > scope.limits().strangers();
    return isTooMany ? EnrpCount.ENRP_REFUSED_LIMIT : null;
  }

  /** Tells the other end that it is not accepted, and ends the connection. */
  private void refuse(Link link, String why, long now) {
    scope.send(
        link,
        new EnrpError(
            scope.serverId(),
            EnrpMessage.EVERYBODY,
            OperationError.of(ErrorCause.SECURITY_CONSIDERATIONS)));
    tell(link, "is refused: " + why, now);
    close(link, why, now);
  }

  /** An event, unless there was one a moment ago: strangers must not fill the log. */
  void tell(Link link, String what, long now) {
    if (nextEvent <= now) {
      nextEvent = Scope.after(now, QUIET);
      scope.notebook().event("the connection of ENRP with %s %s".formatted(link.who(), what));
    }
  }

  /** Ends a connection; what was sent on it still goes. */
  void close(Link link, String why, long now) {
    scope.sessions.close(link.session, why);
    over(link, now);
  }

  private void over(Link link, long now) {
    links.remove(link.session);
    if (link.peer != null) {
      link.peer.links.remove(link);
    }
    if (link.isOurs()) {
      link.contact.ended(link, scope, now);
    }
  }

  /** A connection has ended; null if it is not known. */
  Link ended(long session, long now) {
    Link link = links.get(session);
    if (link != null) {
      over(link, now);
      if (link.peer != null) {
        settle(link.peer, now);
      }
    }
    return link;
  }

  /**
   * Finds out whom a connection is with, by the first message on it.
   *
   * @return the peer; null if it is not accepted, and then the connection is over
   */
  Peer identify(Link link, long sender, long now) {
    Optional<String> identity = link.caller.peer().map(each -> each.peerId());
    Peer known = scope.peers.get(sender);
    if (known != null && known.isHeard && !known.identity.equals(identity)) {
      scope.count(EnrpCount.ENRP_REFUSED_IDENTITY);
      refuse(link, "its server identifier is that of " + known.who(), now);
      return null;
    }
    Peer peer = isOneMore(identity, known) ? null : scope.introduce(sender, now);
    if (peer == null) {
      scope.count(EnrpCount.ENRP_REFUSED_LIMIT);
      refuse(link, "there are too many registrars", now);
      return null;
    }
    peer.identity = identity;
    link.peer = peer;
    peer.links.add(link);
    settle(peer, now);
    return peer;
  }

  private boolean isOneMore(Optional<String> identity, Peer known) {
    return known == null
        && identity.isPresent()
        && scope.peers.values().stream().filter(each -> each.identity.equals(identity)).count()
            >= MOST_OF_IDENTITY;
  }

  /**
   * Of several connections with a peer that is used which the registrar of the larger identifier
   * has opened, and of several of these the latest; both ends agree about it. Others are left for
   * what is still on its way, and then closed.
   */
  private void settle(Peer peer, long now) {
    boolean isOurs = scope.serverId() > peer.id;
    peer.links.sort(
        Comparator.comparing((Link each) -> each.isOurs() != isOurs)
            .thenComparing(each -> -each.order));
    while (peer.links.size() > MOST_OF_PEER) {
      close(peer.links.get(MOST_OF_PEER), "there are newer connections with this registrar", now);
    }
    for (Link each : peer.links) {
      boolean isUsed = each == peer.links.get(0);
      if (isUsed || each.endsAt == SessionEvents.NEVER) {
        each.endsAt = isUsed ? SessionEvents.NEVER : Scope.after(now, scope.timers().noResponse());
      }
    }
  }

  /** Ends all connections with a peer. */
  void closeAll(Peer peer, String why, long now) {
    List.copyOf(peer.links).forEach(each -> close(each, why, now));
  }

  /** Ends all open connections. */
  void closeAll(String why, long now) {
    List.copyOf(links.values()).stream()
        .filter(Link::isOpen)
        .forEach(each -> close(each, why, now));
  }

  void onTimer(long now) {
    for (Link each : List.copyOf(links.values())) {
      if (each.isOpen() && each.endsAt <= now) {
        close(each, each.peer == null ? "nobody said who he is" : "another one is used", now);
      }
    }
  }

  long deadline() {
    return links.values().stream()
        .filter(Link::isOpen)
        .mapToLong(each -> each.endsAt)
        .min()
        .orElse(SessionEvents.NEVER);
  }
}
