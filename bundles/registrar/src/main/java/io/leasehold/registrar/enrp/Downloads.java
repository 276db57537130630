// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.space.TablePage;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.enrp.HandleTableRequest;
import io.leasehold.rserpool.wire.enrp.HandleTableResponse;
import io.leasehold.rserpool.wire.enrp.ListRequest;
import io.leasehold.rserpool.wire.enrp.ListResponse;
import io.leasehold.rserpool.wire.parameter.ServerInformation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells other registrars who there is, and what there is (RFC 5353 sections 3.2.2.2, 3.2.3 and
 * 3.6.3). Of the thread of the registrar.
 */
final class Downloads {
  private final Scope scope;

  /** By their connections: where each goes on. */
  private final Map<Link, Cursor> cursors = new HashMap<>();

  /** Where the next page begins, and until when that is remembered. */
  private record Cursor(boolean isOwnOnly, Optional<ElementKey> after, long until) {}

  Downloads(Scope scope) {
    this.scope = scope;
  }

  void list(Link link, ListRequest request) {
    long self = scope.serverId();
    if (!scope.isReady) {
      // RFC 5353 section 2.6: R is set, and there is no server information.
      scope.count(EnrpCount.ENRP_REQUESTS_REJECTED);
      scope.send(link, ListResponse.rejected(self, request.sender()));
      return;
    }
    List<ServerInformation> servers =
        scope.peers.values().stream()
            .filter(each -> each.id != request.sender())
            .flatMap(each -> each.information.stream())
            .toList();
    scope.send(link, new ListResponse(self, request.sender(), false, servers));
  }

  void table(Link link, HandleTableRequest request, long now) {
    long self = scope.serverId();
    Cursor cursor = cursors.remove(link);
    boolean isBegun = cursor != null && cursor.isOwnOnly() == request.ownOnly();
    if (!scope.isReady || !isBegun && cursors.size() >= scope.limits().downloads()) {
      scope.count(EnrpCount.ENRP_REQUESTS_REJECTED);
      scope.send(link, HandleTableResponse.rejected(self, request.sender()));
      return;
    }
    if (!isBegun) {
      scope.count(EnrpCount.ENRP_DOWNLOADS_SERVED);
    }
    TablePage page =
        scope
            .space()
            .page(
                isBegun ? cursor.after() : Optional.empty(),
                request.ownOnly() ? OptionalLong.of(self) : OptionalLong.empty(),
                scope.limits().pageElements(),
                scope.limits().pageOctets());
    boolean isMore = page.last().isPresent();
    if (isMore) {
      long until = Scope.after(now, scope.timers().download());
      cursors.put(link, new Cursor(request.ownOnly(), page.last(), until));
    }
    scope.send(
        link, new HandleTableResponse(self, request.sender(), isMore, false, page.entries()));
  }

  /** How many are under way. */
  int open() {
    return cursors.size();
  }

  void ended(Link link) {
    cursors.remove(link);
  }

  void onTimer(long now) {
    int before = cursors.size();
    cursors.values().removeIf(each -> each.until() <= now);
    for (int gone = cursors.size(); gone < before; gone++) {
      scope.count(EnrpCount.ENRP_DOWNLOADS_ABANDONED);
    }
  }

  long deadline() {
    return cursors.values().stream().mapToLong(Cursor::until).min().orElse(SessionEvents.NEVER);
  }
}
