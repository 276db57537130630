// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.net.Bytes;
import io.leasehold.pool.RegistrarControl;
import io.leasehold.registrar.core.Federation;
import io.leasehold.registrar.core.PoolChanges;
import io.leasehold.registrar.core.Premises;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.session.Sessions;
import io.leasehold.rserpool.wire.Decoded;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.Unsigned;
import io.leasehold.rserpool.wire.enrp.EnrpError;
import io.leasehold.rserpool.wire.enrp.EnrpMessage;
import io.leasehold.rserpool.wire.enrp.HandleTableRequest;
import io.leasehold.rserpool.wire.enrp.HandleTableResponse;
import io.leasehold.rserpool.wire.enrp.HandleUpdate;
import io.leasehold.rserpool.wire.enrp.InitTakeover;
import io.leasehold.rserpool.wire.enrp.InitTakeoverAck;
import io.leasehold.rserpool.wire.enrp.ListRequest;
import io.leasehold.rserpool.wire.enrp.ListResponse;
import io.leasehold.rserpool.wire.enrp.Presence;
import io.leasehold.rserpool.wire.enrp.TakeoverServer;
import io.leasehold.rserpool.wire.parameter.OperationError;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The ENRP of a registrar (RFC 5353). A connection is judged before an octet of it is looked at:
 * where the handlespace is secure, only proved registrars have one. What is known of others, what
 * is downloaded and what waits has limits. Of the thread of the registrar.
 */
public final class EnrpFederation implements Federation {
  /** Earlier than any time, and far enough from the end of numbers. */
  private static final long AT_ONCE = Long.MIN_VALUE / 2;

  private final Scope scope;
  private final Links links;
  private final Contacts contacts;
  private final Joining joining;
  private final Downloads downloads;
  private final Updates updates;
  private final Audit audit;
  private final Takeovers takeovers;
  private boolean isStarted;
  private long nextHeartbeat = AT_ONCE;

  /**
   * One that starts with its first {@link #onTimer}.
   *
   * @throws IllegalArgumentException if the handlespace is secure, and connections would be in
   *     clear
   */
  public EnrpFederation(
      Premises premises, EnrpSettings settings, Sessions sessions, PoolChanges changes) {
    if (premises.isSecure() && settings.isAnyInClear()) {
      throw new IllegalArgumentException(
          "a secure registrar connects to others by tls:// only, not by tcp:// (RFC 5355 section 2.15)");
    }
    scope = new Scope(premises, settings, sessions, changes);
    links = new Links(scope);
    contacts = new Contacts(scope, links);
    joining = new Joining(scope, contacts);
    downloads = new Downloads(scope);
    updates = new Updates(scope);
    audit = new Audit(scope);
    takeovers = new Takeovers(scope, this::remove);
    premises.notebook().declare(EnrpCount.values());
  }

  @Override
  public long serverId() {
    return scope.serverId();
  }

  @Override
  public boolean isReady() {
    return scope.isReady;
  }

  @Override
  public String condition() {
    return joining.condition();
  }

  @Override
  public void added(PoolHandle handle, PoolElement element, long now) {
    updates.tell(HandleUpdate.ADD_PE, handle, element);
  }

  @Override
  public void removed(PoolHandle handle, PoolElement element, long now) {
    updates.tell(HandleUpdate.DEL_PE, handle, element);
  }

  @Override
  public List<RegistrarControl.Peer> peers(long now) {
    return scope.peers.values().stream().map(each -> PeerView.of(each, scope, now)).toList();
  }

  @Override
  public void opened(long session, Caller caller, long now) {
    Link link = links.opened(session, caller, now);
    if (link != null) {
      // The first message says who is here; who was connected to says so in return.
      scope.send(link, scope.presence(EnrpMessage.EVERYBODY, link.isOurs(), true));
    }
    progress(now);
  }

  @Override
  public void outdated(long session, long now) {
    Link link = links.of(session);
    if (link != null && link.isOurs() && link.contact.link == link) {
      contacts.open(link.contact);
    }
  }

  @Override
  public void ended(long session, String why, long now) {
    Link link = links.ended(session, now);
    if (link != null) {
      downloads.ended(link);
    }
    progress(now);
  }

  @Override
  public void message(long session, Bytes octets, long now) {
    Link link = links.of(session);
    if (link == null || !link.isOpen()) {
      return;
    }
    try {
      Decoded<EnrpMessage> decoded = EnrpMessage.decode(octets);
      if (!decoded.reports().isEmpty()) {
        // RFC 5353 section 3.7
        long to = link.peer == null ? EnrpMessage.EVERYBODY : link.peer.id;
        scope.send(
            link, new EnrpError(scope.serverId(), to, new OperationError(decoded.reports())));
      }
      if (decoded instanceof Decoded.Accepted<EnrpMessage> accepted) {
        accepted(link, accepted.message(), now);
      } else if (decoded instanceof Decoded.Discarded<EnrpMessage> discarded) {
        count(discarded.reason());
      }
    } catch (MalformedPacketException e) {
      scope.count(EnrpCount.ENRP_MALFORMED);
    }
    progress(now);
  }

  private void count(Decoded.Reason reason) {
    scope.count(
        switch (reason) {
          case UNKNOWN_MESSAGE -> EnrpCount.ENRP_UNKNOWN_MESSAGE;
          case UNKNOWN_PARAMETER -> EnrpCount.ENRP_UNKNOWN_PARAMETER;
          case INVALID_VALUES -> EnrpCount.ENRP_INVALID_VALUES;
        });
  }

  private void accepted(Link link, EnrpMessage message, long now) {
    if (message instanceof EnrpError error) {
      refused(link, error, now);
      return;
    }
    boolean isForUs =
        message.receiver() == EnrpMessage.EVERYBODY || message.receiver() == scope.serverId();
    boolean isFromThere = link.peer == null || link.peer.id == message.sender();
    if (!isForUs || !isFromThere || message.sender() == EnrpMessage.EVERYBODY) {
      scope.count(EnrpCount.ENRP_MISDIRECTED);
    } else if (message.sender() == scope.serverId()) {
      ourIdentifier(link, message, now);
    } else {
      boolean isNew = link.peer == null;
      Peer peer = isNew ? links.identify(link, message.sender(), now) : link.peer;
      if (peer != null) {
        from(peer, link, isNew, message, now);
      }
    }
  }

  private void refused(Link link, EnrpError error, long now) {
    scope.count(EnrpCount.ENRP_ERRORS_RECEIVED);
    if (link.peer != null) {
      takeovers.heard(link.peer, now);
    }
    links.tell(link, "reports " + error.error(), now);
  }

  /** Another one has chosen the same identifier, or this registrar has connected to itself. */
  private void ourIdentifier(Link link, EnrpMessage message, long now) {
    boolean isSelf =
        message instanceof Presence presence && presence.information().isPresent()
            ? presence.information().get().transports().equals(scope.settings.own())
            : scope.settings.own().isEmpty();
    if (isSelf) {
      if (link.isOurs()) {
        link.contact.isSelf = true;
      }
      links.close(link, "this registrar has connected to itself", now);
    } else if (scope.space().elementsOf(scope.serverId()) == 0) {
      scope.chooseServerId();
      scope
          .notebook()
          .event(
              "another registrar has the same server identifier; this one is %s now"
                  .formatted(Unsigned.hex(scope.serverId())));
      links.closeAll("this registrar has another server identifier", now);
    } else {
      scope
          .notebook()
          .alarm(
              "same-server-id",
              "the registrar at %s has the same server identifier; restart one of both"
                  .formatted(link.who()));
      links.close(link, "it has the same server identifier", now);
    }
  }

  private void from(Peer peer, Link link, boolean isNew, EnrpMessage message, long now) {
    if (isNew && link.isOurs()) {
      link.contact.reached(peer.id);
    }
    boolean isFirst = !peer.isHeard;
    takeovers.heard(peer, now);
    if (isFirst) {
      // RFC 5353 section 3.4.1
      scope.send(link, scope.presence(peer.id, true, true));
    }
    if (message instanceof Presence presence) {
      presence(peer, link, presence, now);
    } else if (message instanceof HandleUpdate || message instanceof TakeoverServer) {
      if (scope.isReady) {
        change(peer, message, now);
      } else {
        joining.keep(message, now);
      }
    } else if (message instanceof HandleTableRequest request) {
      downloads.table(link, request, now);
    } else if (message instanceof HandleTableResponse response) {
      if (!joining.table(peer, response, now)) {
        audit.response(peer, response, now);
      }
    } else if (message instanceof ListRequest request) {
      downloads.list(link, request);
    } else if (message instanceof ListResponse response) {
      if (!joining.list(peer, response, now)) {
        scope.count(EnrpCount.ENRP_UNEXPECTED);
      }
    } else if (message instanceof InitTakeover init) {
      takeovers.init(peer, init, now);
    } else if (message instanceof InitTakeoverAck ack) {
      takeovers.ack(peer, ack, now);
    }
  }

  private void presence(Peer peer, Link link, Presence presence, long now) {
    presence
        .information()
        .filter(each -> each.server() == peer.id)
        .ifPresent(
            each -> {
              peer.information = presence.information();
              contacts.learn(peer.id, each.transports(), link.caller.remote(), now);
            });
    if (presence.replyRequired()) {
      scope.send(link, scope.presence(peer.id, false, true));
    }
    audit.presence(peer, presence.checksum(), now);
  }

  private void change(Peer peer, EnrpMessage message, long now) {
    if (message instanceof HandleUpdate update) {
      updates.take(peer, update, now);
    } else if (message instanceof TakeoverServer takeover) {
      takeovers.done(peer, takeover, now);
    }
  }

  private void remove(Peer peer, long now) {
    audit.forget(peer);
    scope.trust(peer);
    scope.peers.remove(peer.id);
    links.closeAll(peer, "this registrar was taken over", now);
    contacts.forget(peer.id);
  }

  /** Goes on with the start, if that is still to do. */
  private void progress(long now) {
    if (!isStarted || joining.isOver()) {
      return;
    }
    joining.advance(now);
    if (scope.isReady) {
      for (EnrpMessage each : joining.end()) {
        Peer peer = scope.peers.get(each.sender());
        if (peer != null) {
          change(peer, each, now);
        }
      }
      scope.changes.readiness(true, now);
    }
  }

  @Override
  public void onTimer(long now) {
    if (!isStarted) {
      isStarted = true;
      contacts.start(now);
      joining.start(now);
    }
    contacts.onTimer(now);
    links.onTimer(now);
    downloads.onTimer(now);
    joining.onTimer(now);
    progress(now);
    if (nextHeartbeat <= now) {
      nextHeartbeat = Scope.after(now, scope.timers().heartbeat());
      heartbeat(now);
    }
    takeovers.onTimer(now);
    audit.onTimer(now);
  }

  /** RFC 5353 section 3.4.2. */
  private void heartbeat(long now) {
    scope.toAll(scope.presence(EnrpMessage.EVERYBODY, false, false));
    for (Peer each : List.copyOf(scope.peers.values())) {
      if (each.suspectUntil <= now) {
        scope.trust(each);
      }
    }
  }

  @Override
  public long deadline() {
    if (!isStarted) {
      return AT_ONCE;
    }
    return LongStream.of(
            nextHeartbeat,
            contacts.deadline(),
            links.deadline(),
            downloads.deadline(),
            joining.deadline(),
            takeovers.deadline(),
            audit.deadline())
        .min()
        .getAsLong();
  }
}
