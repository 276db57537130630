// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import io.leasehold.pool.PoolMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Clients of one member are another one's from now on (RFC 5355 section 2.9).
 *
 * @param from whose they were
 * @param to whose they are
 */
record Succession(PoolMember from, PoolMember to) {
  /** Of one change not more are told: who loses its clients to so many has lost its context. */
  private static final int MOST = 256;

  /** What a change of what is known means for clients. */
  static List<Succession> between(MemberSelection before, MemberSelection after) {
    Map<Long, PoolMember> heads = after.heads();
    List<Succession> found = new ArrayList<>();
    before
        .heads()
        .forEach(
            (place, from) -> {
              PoolMember same = heads.get(place);
              if (same == null) {
                after.heirs().forEach(to -> add(from, to, found));
              } else {
                add(from, same, found);
              }
            });
    return found;
  }

  private static void add(PoolMember from, PoolMember to, List<Succession> found) {
    if (!to.isReachedAs(from) && found.size() < MOST) {
      found.add(new Succession(from, to));
    }
  }
}
