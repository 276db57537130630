// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import io.leasehold.rserpool.space.Member;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.Unsigned;
import io.leasehold.rserpool.wire.enrp.EnrpMessage;
import io.leasehold.rserpool.wire.enrp.HandleUpdate;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import java.util.List;
import java.util.Optional;

/**
 * Changes of the handlespace, told to others and told by others (RFC 5353 section 3.3). Who tells
 * must own the pool element, or own it from now on. Of the thread of the registrar.
 */
final class Updates {
  private final Scope scope;

  Updates(Scope scope) {
    this.scope = scope;
  }

  /** Tells everybody. */
  void tell(int action, PoolHandle handle, PoolElement element) {
    scope.touch(new ElementKey(handle, element.identifier()));
    scope.count(EnrpCount.ENRP_UPDATES_SENT);
    scope.toAll(new HandleUpdate(scope.serverId(), EnrpMessage.EVERYBODY, action, handle, element));
  }

  /** Takes what another registrar tells. */
  void take(Peer from, HandleUpdate update, long now) {
    switch (update.action()) {
      case HandleUpdate.ADD_PE -> add(from, update, now);
      case HandleUpdate.DEL_PE -> remove(from, update, now);
      // RFC 5353 section 2.4: there are no others.
      default -> scope.count(EnrpCount.ENRP_INVALID_VALUES);
    }
  }

  private void add(Peer from, HandleUpdate update, long now) {
    PoolElement element = update.element();
    if (element.home() != from.id) {
      scope.suspect(
          from,
          "tells of %s as owned by %s".formatted(update.key(), Unsigned.hex(element.home())),
          now);
    } else if (!Reading.isValid(element)) {
      scope.count(EnrpCount.ENRP_INVALID_VALUES);
    } else {
      scope.touch(update.key());
      if (scope.put(update.handle(), element, now)) {
        scope.count(EnrpCount.ENRP_UPDATES_APPLIED);
      }
    }
  }

  private void remove(Peer from, HandleUpdate update, long now) {
    ElementKey key = update.key();
    Optional<Long> home = scope.space().member(key).map(Member::element).map(PoolElement::home);
    if (home.isPresent() && home.get() != from.id) {
      scope.suspect(
          from, "removes %s, which %s owns".formatted(key, Unsigned.hex(home.get())), now);
      return;
    }
    if (home.isPresent()) {
      scope.space().remove(key);
      scope.count(EnrpCount.ENRP_UPDATES_APPLIED);
      scope.gone(List.of(key), now);
    }
    // Its account may still have it on a page that is under way.
    if (from.account.reading != null) {
      from.account.reading.touch(key);
    }
  }
}
