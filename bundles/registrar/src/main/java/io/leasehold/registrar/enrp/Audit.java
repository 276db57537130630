// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.wire.Unsigned;
import io.leasehold.rserpool.wire.enrp.HandleTableRequest;
import io.leasehold.rserpool.wire.enrp.HandleTableResponse;
import java.util.OptionalInt;

/**
 * Compares what every other registrar owns there with what is known of it here, and reads its
 * account again where that differs (RFC 5353 sections 3.6.1 and 3.6.3): not at once, because a
 * change may be under way, and not often. Of the thread of the registrar.
 */
final class Audit {
  /** Presences in a row that must differ. */
  private static final int DIFFERING = 2;

  /** Readings after which accounts ought to be equal. */
  private static final int READINGS = 3;

  private final Scope scope;

  Audit(Scope scope) {
    this.scope = scope;
  }

  private boolean isEqual(Peer peer) {
    return peer.account.told.isEmpty()
        || peer.account.told.getAsInt() == scope.space().checksum(peer.id);
  }

  private static String alarm(Peer peer) {
    return "differs-from-" + Unsigned.hex(peer.id);
  }

  /** A peer has told its checksum. */
  void presence(Peer peer, int checksum, long now) {
    Account account = peer.account;
    account.told = OptionalInt.of(checksum);
    if (!scope.isReady || account.reading != null) {
      return;
    }
    if (isEqual(peer)) {
      agreed(peer);
      return;
    }
    account.differing++;
    long due = account.differing >= DIFFERING ? now : Scope.after(now, scope.timers().patience());
    account.due = Math.max(Math.min(account.due, due), account.earliest);
    onTimer(peer, now);
  }

  private void agreed(Peer peer) {
    Account account = peer.account;
    account.differing = 0;
    account.due = SessionEvents.NEVER;
    if (account.readings > 0) {
      account.readings = 0;
      scope.notebook().clear(alarm(peer));
    }
  }

  private void onTimer(Peer peer, long now) {
    Account account = peer.account;
    if (account.pageDue <= now) {
      failed(peer);
    }
    if (account.due <= now && account.reading == null) {
      account.due = SessionEvents.NEVER;
      account.differing = 0;
      if (!isEqual(peer)) {
        read(peer, now);
      }
    }
  }

  private void read(Peer peer, long now) {
    Account account = peer.account;
    scope.count(EnrpCount.ENRP_RESYNCS);
    account.earliest = Scope.after(now, scope.timers().resync());
    if (account.readings++ == READINGS) {
      scope
          .notebook()
          .alarm(
              alarm(peer),
              "what registrar %s says that it owns was read %d times and still differs from its checksum; compare both with dhcp:registrar-list, and restart it if it stays so"
                  .formatted(peer.who(), READINGS));
    }
    account.reading = new Reading(scope, peer, true);
    request(peer, now);
  }

  private void request(Peer peer, long now) {
    HandleTableRequest request = new HandleTableRequest(scope.serverId(), peer.id, true);
    peer.account.pageDue = Scope.after(now, scope.timers().noResponse());
    if (!scope.send(peer.link(), request)) {
      failed(peer);
    }
  }

  private void failed(Peer peer) {
    scope.count(EnrpCount.ENRP_RESYNCS_FAILED);
    stop(peer);
  }

  /** Ends a reading that is under way. */
  void stop(Peer peer) {
    Account account = peer.account;
    account.pageDue = SessionEvents.NEVER;
    if (account.reading != null) {
      account.reading.abandon();
      account.reading = null;
    }
  }

  /** A page came. */
  void response(Peer peer, HandleTableResponse response, long now) {
    Account account = peer.account;
    if (account.reading == null) {
      scope.count(EnrpCount.ENRP_UNEXPECTED);
    } else if (response.rejected()
        || !account.reading.page(response.entries(), response.moreToSend(), now)) {
      failed(peer);
    } else if (response.moreToSend()) {
      request(peer, now);
    } else {
      account.reading.finish(now);
      account.reading = null;
      account.pageDue = SessionEvents.NEVER;
    }
  }

  void onTimer(long now) {
    scope.peers.values().forEach(each -> onTimer(each, now));
  }

  /** Nothing more of a peer. */
  void forget(Peer peer) {
    stop(peer);
    scope.notebook().clear(alarm(peer));
  }

  long deadline() {
    return scope.peers.values().stream()
        .mapToLong(each -> Math.min(each.account.due, each.account.pageDue))
        .min()
        .orElse(SessionEvents.NEVER);
  }
}
