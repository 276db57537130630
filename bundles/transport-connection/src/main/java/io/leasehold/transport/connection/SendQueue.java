// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.connection;

import io.leasehold.net.Bytes;
import java.util.ArrayDeque;

/**
 * Messages that wait to be sent. Of a full queue the oldest is dropped: who waits longest is likely
 * to have asked again. Locked, because whoever sends must know at once whether it found room, and
 * nothing is done while it is locked but moving a reference.
 */
public final class SendQueue {
  private final int mostMessages;
  private final long mostOctets;
  private final OctetBudget budget;
  private final ArrayDeque<Bytes> messages = new ArrayDeque<>();
  private long octets;
  private boolean shut;

  /**
   * Nothing waits.
   *
   * @param budget of octets that this queue shares with others
   */
  public SendQueue(ConnectionLimits limits, OctetBudget budget) {
    this.mostMessages = limits.queueMessages();
    this.mostOctets = limits.queueOctets();
    this.budget = budget;
  }

  /**
   * Appends a message, and drops the oldest ones as long as there is no room for it; itself, if
   * there is none because of other queues.
   *
   * @return how many were dropped
   */
  public synchronized int offer(Bytes message) {
    int dropped = 0;
    while (!add(message)) {
      dropped++;
      if (poll() == null) {
        return dropped;
      }
    }
    return dropped;
  }

  /** Appends a message if there is room for it. */
  public synchronized boolean add(Bytes message) {
    if (shut
        || messages.size() >= mostMessages
        || octets + message.length() > mostOctets
        || !budget.take(message.length())) {
      return false;
    }
    messages.add(message);
    octets += message.length();
    return true;
  }

  /** The oldest message; null if there is none. */
  public synchronized Bytes poll() {
    Bytes message = messages.poll();
    if (message != null) {
      octets -= message.length();
      budget.giveBack(message.length());
    }
    return message;
  }

  /** Whether nothing waits. */
  public synchronized boolean isEmpty() {
    return messages.isEmpty();
  }

  /** Drops all, takes nothing from now on, and says how many were dropped. */
  public synchronized int shut() {
    shut = true;
    return clear();
  }

  /** Drops all and says how many. */
  public synchronized int clear() {
    int count = messages.size();
    messages.clear();
    budget.giveBack(octets);
    octets = 0;
    return count;
  }
}
