// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import java.nio.ByteBuffer;

/** What matters of one answer. One object is used for all of them. */
final class Answer {
  /** What an answer means in either protocol. */
  enum Kind {
    OFFER,
    ACK,
    NAK,
    OTHER
  }

  Kind kind;

  /** The message type as it is on the wire. */
  int type;

  int xid;

  /** The number in the client's identifier; see {@link Protocol}. */
  int client;

  /** Whether the client's identifier is one of ours, so that {@link #client} has a meaning. */
  boolean ours;

  /** Whether there is an address (or a prefix) with a lifetime. */
  boolean leased;

  /** The address; an IPv4 one is the lower half of addressLow. */
  long addressHigh;

  long addressLow;

  /** Length of the prefix where prefixes are asked for. */
  int prefixLength;

  /** The first status code that is not Success, or 0. */
  int status;

  ByteBuffer octets;
  int serverAt;
  int serverLength;

  void clear(ByteBuffer from) {
    octets = from;
    kind = Kind.OTHER;
    type = 0;
    xid = -1;
    client = 0;
    ours = false;
    leased = false;
    addressHigh = 0;
    addressLow = 0;
    prefixLength = 0;
    status = 0;
    serverAt = 0;
    serverLength = 0;
  }
}
