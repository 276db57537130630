// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import io.leasehold.rserpool.wire.PoolMessage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Members that the registrar does not name, and that are used on for a while. One that has just
 * begun knows of a pool what has registered with it so far, and the clients of those who have not
 * would be somebody else's until they have (RFC 5352 leaves to the pool user how long what it knows
 * is good). Who was named on this connection and is no longer has left, and is not waited for.
 */
final class Awaited {
  /** All together find room in a message, whatever registrars say one after the other. */
  static final int MOST_OCTETS = PoolMessage.MAX_LENGTH - 512;

  private static final long NOBODY_YET = -1;

  private final Map<Long, Long> until = new HashMap<>();
  private long teller = NOBODY_YET;

  /**
   * What a registrar has told, and whoever is awaited.
   *
   * @param connection on which it has told
   * @param patience how long they are awaited, in nanoseconds
   */
  MemberSelection completed(
      MemberSelection told, MemberSelection before, long connection, long patience, long now) {
    Set<Long> missing = new HashSet<>(before.ids());
    missing.removeAll(told.ids());
    boolean mayNotKnow = told.isEmpty() || connection != teller;
    teller = connection;
    if (!told.isEmpty() && !told.isAsWholeAs(before)) {
      missing.clear();
    }
    until.keySet().retainAll(missing);
    if (mayNotKnow) {
      missing.forEach(each -> until.putIfAbsent(each, now + patience));
    }
    missing.removeIf(each -> !until.containsKey(each) || Times.isDue(until.get(each), now));
    MemberSelection all = missing.isEmpty() ? told : told.with(before, missing);
    return all.octets() <= MOST_OCTETS ? all : told;
  }
}
