// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import java.nio.ByteBuffer;

/**
 * Offers the next number as address to whoever discovers, and acknowledges whatever is requested.
 */
final class Echo4 implements EchoAnswers {
  private static final int NETWORK = 10 << 24;
  private static final int SERVER = 10 << 24 | 1;
  private static final int LEASE_SECONDS = 50_000;

  private int next;

  @Override
  public int answer(ByteBuffer question, int from, ByteBuffer to, int at) {
    int end = question.limit();
    if (end - from < Protocol4.OPTIONS
        || question.get(from) != 1
        || question.getInt(from + Protocol4.COOKIE_AT) != Protocol4.COOKIE) {
      return 0;
    }
    int type = find(question, from, end, Protocol4.MESSAGE_TYPE);
    if (type < 0) {
      return 0;
    }
    boolean discover = question.get(type) == Protocol4.DISCOVER;
    to.put(at, question, from, Protocol4.OPTIONS).put(at, (byte) 2);
    to.putInt(at + Protocol4.YIADDR, discover ? NETWORK + ++next : asked(question, from, end));
    int option = at + Protocol4.OPTIONS;
    int answer = discover ? Protocol4.OFFER : Protocol4.ACK;
    to.put(option, (byte) Protocol4.MESSAGE_TYPE)
        .put(option + 1, (byte) 1)
        .put(option + 2, (byte) answer);
    option = number(to, option + 3, Protocol4.SERVER_ID, SERVER);
    option = number(to, option, Protocol4.LEASE_TIME, LEASE_SECONDS);
    to.put(option, (byte) Protocol4.END);
    return option + 1 - at;
  }

  private static int asked(ByteBuffer question, int from, int end) {
    int requested = find(question, from, end, Protocol4.REQUESTED_ADDRESS);
    return requested >= 0 ? question.getInt(requested) : question.getInt(from + Protocol4.CIADDR);
  }

  private static int number(ByteBuffer to, int at, int code, int value) {
    to.put(at, (byte) code).put(at + 1, (byte) 4).putInt(at + 2, value);
    return at + 6;
  }

  private static int find(ByteBuffer from, int message, int end, int code) {
    int at = message + Protocol4.OPTIONS;
    while (at + 2 < end) {
      int found = from.get(at) & 0xff;
      int after = found == 0 ? at + 1 : at + 2 + (from.get(at + 1) & 0xff);
      if (found == Protocol4.END || after > end) {
        return -1;
      }
      if (found == code) {
        return at + 2;
      }
      at = after;
    }
    return -1;
  }
}
