// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import java.nio.ByteBuffer;

/**
 * Advertises the next number as address to whoever solicits, and confirms whatever is requested or
 * renewed.
 */
final class Echo6 implements EchoAnswers {
  private static final byte[] SERVER = {0, 3, 0, 1, 2, 0, 0, 0, 0, 1};
  private static final long PREFIX = 0x20010db8_000e0000L;
  private static final int PREFERRED = 40_000;
  private static final int VALID = 50_000;
  private static final int PREFIX_LENGTH = 64;

  private long next;

  @Override
  public int answer(ByteBuffer question, int from, ByteBuffer to, int at) {
    int end = question.limit();
    if (end - from < 4) {
      return 0;
    }
    if (question.get(from) != Protocol6.RELAY_FORWARD) {
      return message(question, from, to, at);
    }
    int inner =
        Protocol6.find(question, from + Protocol6.RELAY_HEADER, end, Protocol6.RELAY_MESSAGE);
    if (inner < 0) {
      return 0;
    }
    to.put(at, question, from, Protocol6.RELAY_HEADER).put(at, (byte) Protocol6.RELAY_REPLY);
    int option = at + Protocol6.RELAY_HEADER;
    question.limit(inner + (question.getShort(inner - 2) & 0xffff));
    int length = message(question, inner, to, option + 4);
    to.putShort(option, (short) Protocol6.RELAY_MESSAGE).putShort(option + 2, (short) length);
    return length == 0 ? 0 : Protocol6.RELAY_HEADER + 4 + length;
  }

  private int message(ByteBuffer question, int from, ByteBuffer to, int at) {
    int end = question.limit();
    int type = question.get(from);
    int options = from + 4;
    int client = Protocol6.find(question, options, end, Protocol6.CLIENT_ID);
    boolean prefix = false;
    int association = Protocol6.find(question, options, end, Protocol6.IA_NA);
    if (association < 0) {
      association = Protocol6.find(question, options, end, Protocol6.IA_PD);
      prefix = true;
    }
    if (client < 0 || association < 0) {
      return 0;
    }
    boolean rapid = Protocol6.find(question, options, end, Protocol6.RAPID_COMMIT) >= 0;
    boolean advertise = type == Protocol6.SOLICIT && !rapid;
    int head = advertise ? Protocol6.ADVERTISE : Protocol6.REPLY;
    to.putInt(at, head << 24 | question.getInt(from) & 0xffffff);
    int clientOctets = 4 + (question.getShort(client - 2) & 0xffff);
    to.put(at + 4, question, client - 4, clientOctets);
    int next4 = at + 4 + clientOctets;
    next4 = option(to, next4, Protocol6.SERVER_ID, SERVER.length);
    to.put(next4, SERVER);
    next4 += SERVER.length;
    if (type == Protocol6.SOLICIT && rapid) {
      next4 = option(to, next4, Protocol6.RAPID_COMMIT, 0);
    }
    return association(question, association, to, next4, prefix) - at;
  }

  private static int option(ByteBuffer to, int at, int code, int length) {
    to.putShort(at, (short) code).putShort(at + 2, (short) length);
    return at + 4;
  }

  private int association(ByteBuffer question, int from, ByteBuffer to, int at, boolean prefix) {
    int end = from + (question.getShort(from - 2) & 0xffff);
    int code = prefix ? Protocol6.IA_PREFIX : Protocol6.IA_ADDRESS;
    int inner = prefix ? 25 : 24;
    int asked = Protocol6.find(question, from + 12, end, code);
    int content = option(to, at, prefix ? Protocol6.IA_PD : Protocol6.IA_NA, 12 + 4 + inner);
    to.putInt(content, question.getInt(from))
        .putInt(content + 4, 20_000)
        .putInt(content + 8, 30_000);
    int lease = option(to, content + 12, code, inner);
    if (asked >= 0) {
      to.put(lease, question, asked, inner);
    } else {
      int address = prefix ? lease + 9 : lease;
      to.putLong(address, prefix ? PREFIX + ++next : PREFIX);
      to.putLong(address + 8, prefix ? 0 : ++next);
    }
    int times = prefix ? lease : lease + 16;
    to.putInt(times, PREFERRED).putInt(times + 4, VALID);
    if (prefix) {
      to.put(lease + 8, (byte) PREFIX_LENGTH);
    }
    return lease + inner;
  }
}
