// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import io.leasehold.codec.v6.Dhcp6MessageType;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Ids of this side's messages on one connection (RFC 8156 section 5.4): each after the other from a
 * random one on, without 0 and those whose answer is still to come.
 */
final class TransactionIds {
  private static final int LARGEST = 0xff_ffff;

  /** More than all windows together; of more than so many the oldest is not waited for any more. */
  private static final int MOST_OUTSTANDING = 16_384;

  private final Set<Integer> outstanding = new LinkedHashSet<>();
  private int next;

  TransactionIds(RandomGenerator random) {
    next = 1 + random.nextInt(LARGEST);
  }

  /** An id for a message of a type. */
  int next(int type) {
    while (outstanding.contains(next)) {
      advance();
    }
    int id = next;
    advance();
    if (isAnswered(type)) {
      outstanding.add(id);
      if (outstanding.size() > MOST_OUTSTANDING) {
        outstanding.remove(outstanding.iterator().next());
      }
    }
    return id;
  }

  private void advance() {
    next = next == LARGEST ? 1 : next + 1;
  }

  private static boolean isAnswered(int type) {
    return switch (type) {
      case Dhcp6MessageType.BNDUPD,
          Dhcp6MessageType.POOLREQ,
          Dhcp6MessageType.UPDREQ,
          Dhcp6MessageType.UPDREQALL,
          Dhcp6MessageType.CONNECT ->
          true;
      default -> false;
    };
  }

  /** The answer has come, or none is waited for. */
  void settled(int id) {
    outstanding.remove(id);
  }
}
