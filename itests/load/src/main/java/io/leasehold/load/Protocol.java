// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import java.nio.ByteBuffer;

/**
 * The messages of a protocol. A client is a number: the last four octets of its hardware address,
 * which is its identifier, too. Every method that writes returns the octets written.
 */
interface Protocol {
  /** What a message is for. */
  enum Purpose {
    /** Solicit, DHCPDISCOVER. */
    FIRST,
    /** Request, DHCPREQUEST for what was offered. */
    SECOND,
    /** Renew, DHCPREQUEST while renewing. */
    RENEW
  }

  /** Bits of a transaction id. */
  int xidBits();

  /** Milliseconds until the first retransmission, and the longest interval between two. */
  long firstTimeoutMillis(Purpose purpose);

  long longestTimeoutMillis(Purpose purpose);

  /** Whether this answer comes from another server than the last one whose identifier is used. */
  boolean isOtherServer(Answer answer);

  /** From now on second messages and renewals are for the server that has sent this. */
  void learnServer(Answer answer);

  /**
   * Writes a message.
   *
   * @param order who asks what, see {@link Order}
   */
  int write(ByteBuffer to, int at, Order order);

  /** Reads an answer; false if it is none, or damaged. */
  boolean read(ByteBuffer from, int at, int end, Answer answer);
}
