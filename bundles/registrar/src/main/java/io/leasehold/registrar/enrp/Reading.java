// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.Unsigned;
import io.leasehold.rserpool.wire.enrp.EnrpMessage;
import io.leasehold.rserpool.wire.enrp.HandleUpdate;
import io.leasehold.rserpool.wire.enrp.PoolEntry;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A download from another registrar, page by page (RFC 5353 sections 3.2.3 and 3.6.3). What it does
 * not tell of is removed at its end; what has changed since it began is newer than its pages. Of
 * the thread of the registrar.
 */
final class Reading {
  /** More of them are no handlespace that is let in anywhere. */
  private static final int MOST_ELEMENTS = 1 << 20;

  private final Scope scope;
  private final Peer from;
  private final boolean isOwnOnly;
  private final Set<ElementKey> touched = new HashSet<>();
  private final List<Long> marked;
  private int elements;
  private boolean isLost;

  /** Of all that the other registrar knows, or of what it owns. */
  Reading(Scope scope, Peer from, boolean isOwnOnly) {
    this.scope = scope;
    this.from = from;
    this.isOwnOnly = isOwnOnly;
    this.marked = isOwnOnly ? List.of(from.id) : List.copyOf(scope.space().owners());
    marked.forEach(scope.space()::mark);
    scope.begin(this);
  }

  Peer from() {
    return from;
  }

  /** A change since it began. */
  void touch(ElementKey key) {
    if (touched.size() < scope.limits().waiting()) {
      touched.add(key);
    } else {
      isLost = true;
    }
  }

  /**
   * Takes a page.
   *
   * @return false if the download must end: it does not come to an end by itself, or too much has
   *     changed in the meantime
   */
  boolean page(List<PoolEntry> entries, boolean isMore, long now) {
    for (PoolEntry entry : entries) {
      elements += entry.elements().size();
      for (PoolElement each : entry.elements()) {
        element(entry, each, now);
      }
    }
    boolean isEndless = isMore && (entries.isEmpty() || elements > MOST_ELEMENTS);
    return !isLost && !isEndless;
  }

  private void element(PoolEntry entry, PoolElement element, long now) {
    ElementKey key = new ElementKey(entry.handle(), element.identifier());
    if (touched.contains(key)) {
      return;
    }
    if (!isValid(element)) {
      scope.count(EnrpCount.ENRP_INVALID_VALUES);
    } else if (isOwnOnly ? element.home() != from.id : element.home() == scope.serverId()) {
      scope.suspect(
          from, "tells of %s as owned by %s".formatted(key, Unsigned.hex(element.home())), now);
    } else if (!isKept(key, now) && isHomeKnown(element.home(), now)) {
      scope.put(entry.handle(), element, now);
    }
  }

  /** Whether its values can be; the policy and the addresses were judged when it was read. */
  static boolean isValid(PoolElement element) {
    return element.life() > 0 || element.life() == PoolElement.INFINITE_LIFE;
  }

  private boolean isHomeKnown(long home, long now) {
    return home != EnrpMessage.EVERYBODY && scope.introduce(home, now) != null;
  }

  /**
   * Whether both registrars own it, and it stays here. Two that have taken over each other's must
   * not swap: the one of the larger identifier alone decides, by whether the pool element is
   * connected to it, and says so; the other one waits.
   */
  private boolean isKept(ElementKey key, long now) {
    Optional<PoolElement> here = scope.space().member(key).map(member -> member.element());
    long self = scope.serverId();
    if (here.isEmpty() || here.get().home() != self) {
      return false;
    }
    if (self < from.id) {
      return true;
    }
    boolean isHere = scope.changes.isConnected(key);
    if (isHere) {
      scope.count(EnrpCount.ENRP_UPDATES_SENT);
      scope.toAll(
          new HandleUpdate(
              self, EnrpMessage.EVERYBODY, HandleUpdate.ADD_PE, key.handle(), here.get()));
    }
    return isHere;
  }

  /** It is complete: what it did not tell of is gone. */
  void finish(long now) {
    scope.end(this);
    for (long owner : marked) {
      scope.gone(scope.space().sweep(owner), now);
    }
  }

  /** It ends before that; nothing is removed. */
  void abandon() {
    scope.end(this);
    marked.forEach(scope.space()::unmark);
  }
}
