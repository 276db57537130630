// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

/** Who begins the next exchange, and what the clients have. */
final class Clients {
  private final int base;
  private final int count;
  private final long[] busy;
  private final long[] high;
  private final long[] low;
  private final boolean[] leased;
  private int next;
  private int leases;

  /**
   * @param base number of the first client
   * @param count how many there are that take turns, or 0: every exchange is a new client's
   * @param remember whether they keep their leases
   */
  Clients(int base, int count, boolean remember) {
    this.base = base;
    this.count = count;
    busy = new long[count / 64 + 1];
    high = new long[remember ? count : 0];
    low = new long[remember ? count : 0];
    leased = new boolean[remember ? count : 0];
  }

  /** The next client that has nothing going on, or -1 if there is none nearby. */
  int next() {
    if (count == 0) {
      return next++;
    }
    for (int tries = Math.min(count, 256); tries > 0; tries--) {
      int client = next;
      next = next + 1 == count ? 0 : next + 1;
      if (!isBusy(client)) {
        busy[client >> 6] |= 1L << client;
        return client;
      }
    }
    return -1;
  }

  /**
   * The next client with, or without, a lease that has nothing going on; -1 at the end of a round.
   */
  int next(boolean withLease) {
    while (next < count) {
      int client = next++;
      if (leased[client] == withLease && !isBusy(client)) {
        busy[client >> 6] |= 1L << client;
        return client;
      }
    }
    return -1;
  }

  void rewind() {
    next = 0;
  }

  private boolean isBusy(int client) {
    return (busy[client >> 6] & 1L << client) != 0;
  }

  /** The exchange of a client has ended. */
  void done(int client) {
    if (count > 0) {
      busy[client >> 6] &= ~(1L << client);
    }
  }

  void keep(int client, long addressHigh, long addressLow) {
    if (leased.length > 0) {
      high[client] = addressHigh;
      low[client] = addressLow;
      if (!leased[client]) {
        leased[client] = true;
        leases++;
      }
    }
  }

  long addressHigh(int client) {
    return high[client];
  }

  long addressLow(int client) {
    return low[client];
  }

  int leases() {
    return leases;
  }

  /** What the client is called on the wire. */
  int number(int client) {
    return base + client;
  }
}
