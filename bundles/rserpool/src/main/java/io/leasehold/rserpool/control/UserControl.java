// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.control;

import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.asap.AsapCookie;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.asap.BusinessCard;
import io.leasehold.rserpool.wire.asap.CookieEcho;
import io.leasehold.rserpool.wire.parameter.Cookie;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The side of a pool user (RFC 5352 sections 3.8, 3.9) on control channels with the members of a
 * pool. It keeps one cookie and some cards, whatever members send. One thread at a time.
 */
public final class UserControl {
  /** Members whose cards are kept, the latest ones. */
  static final int MOST_CARDS = 64;

  /** Members of a card that are kept. */
  static final int MOST_NAMED = 64;

  /** What is to be done about a message. */
  public enum Reaction {
    /** Nothing more. */
    KEPT,
    /** BC1: the pool of the card is to be resolved. */
    RESOLVE,
    /** It is none for a pool user. */
    UNEXPECTED
  }

  private final PoolHandle pool;
  private final Map<Long, List<Long>> cards =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, List<Long>> eldest) {
          return size() > MOST_CARDS;
        }
      };
  private Optional<Cookie> last = Optional.empty();
  private long lastFrom;

  /** Nothing was heard yet. */
  public UserControl(PoolHandle pool) {
    this.pool = pool;
  }

  /** A member says something on its control channel; nothing else is heard. */
  public Reaction heard(long member, AsapMessage message) {
    if (message instanceof AsapCookie left) {
      last = Optional.of(left.cookie());
      lastFrom = member;
      return Reaction.KEPT;
    }
    if (message instanceof BusinessCard card) {
      if (!card.handle().equals(pool)) {
        return Reaction.RESOLVE;
      }
      cards.remove(member);
      cards.put(
          member,
          card.elements().stream()
              .map(PoolElement::identifier)
              .distinct()
              .limit(MOST_NAMED)
              .toList());
      return Reaction.KEPT;
    }
    return Reaction.UNEXPECTED;
  }

  /** First on a control channel with this member: what another one has left, unchanged. */
  public Optional<AsapMessage> first(long member) {
    return last.filter(each -> lastFrom != member).map(CookieEcho::new);
  }

  /**
   * In which order others are tried when a member has failed: those of its card first, as it has
   * them. A card adds nobody, for it is no registrar that says so.
   *
   * @param candidates members that a registrar has named, in their order
   */
  public List<Long> order(long failed, List<Long> candidates) {
    List<Long> order = new ArrayList<>(cards.getOrDefault(failed, List.of()));
    order.retainAll(candidates);
    candidates.stream().filter(each -> !order.contains(each)).forEach(order::add);
    order.remove(Long.valueOf(failed));
    return order;
  }
}
