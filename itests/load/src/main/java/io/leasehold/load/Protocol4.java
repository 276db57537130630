// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import java.nio.ByteBuffer;

/** DHCPv4 (RFC 2131) through a relay agent, as its server sees it. */
final class Protocol4 implements Protocol {
  static final int DISCOVER = 1;
  static final int OFFER = 2;
  static final int REQUEST = 3;
  static final int ACK = 5;
  static final int NAK = 6;
  static final int XID = 4;
  static final int SECONDS = 8;
  static final int CIADDR = 12;
  static final int YIADDR = 16;
  static final int GIADDR = 24;
  static final int CHADDR = 28;
  static final int COOKIE_AT = 236;
  static final int COOKIE = 0x63825363;
  static final int OPTIONS = 240;
  static final int REQUESTED_ADDRESS = 50;
  static final int LEASE_TIME = 51;
  static final int MESSAGE_TYPE = 53;
  static final int SERVER_ID = 54;
  static final int PARAMETERS = 55;
  static final int END = 255;

  /** Where a client's number is in its hardware address. */
  private static final int NUMBER = 2;

  private static final byte[] WANTED = {1, 28, 2, 3, 15, 6, 12};
  private static final int LONGEST_ELAPSED = 0xffff;

  private final byte[] relay;
  private final byte salt;
  private final Template discover;
  private final Template renew;
  private Template request;
  private int server;

  /**
   * @param relay the address of the relay agent
   * @param salt tells the clients of one run from those of another
   */
  Protocol4(byte[] relay, byte salt) {
    this.relay = relay.clone();
    this.salt = salt;
    discover = template(Purpose.FIRST);
    request = template(Purpose.SECOND);
    renew = template(Purpose.RENEW);
  }

  @Override
  public int xidBits() {
    return 32;
  }

  // RFC 2131 section 4.1: 4 seconds, doubled up to 64; section 4.4.5: not under a minute for
  // renewals
  @Override
  public long firstTimeoutMillis(Purpose purpose) {
    return purpose == Purpose.RENEW ? 60_000 : 4_000;
  }

  @Override
  public long longestTimeoutMillis(Purpose purpose) {
    return 64_000;
  }

  private Template template(Purpose purpose) {
    ByteBuffer draft = ByteBuffer.allocate(SendBatch.SLOT);
    draft.put((byte) 1).put((byte) 1).put((byte) 6).put((byte) 1);
    draft.put(GIADDR, relay);
    draft.put(CHADDR, (byte) 2).put(CHADDR + 1, salt);
    draft.putInt(COOKIE_AT, COOKIE).position(OPTIONS);
    int type = purpose == Purpose.FIRST ? DISCOVER : REQUEST;
    option(draft, MESSAGE_TYPE, 1);
    draft.put((byte) type);
    int addressAt = purpose == Purpose.RENEW ? CIADDR : -1;
    if (purpose == Purpose.SECOND) {
      addressAt = option(draft, REQUESTED_ADDRESS, 4);
      draft.putInt(0);
      option(draft, SERVER_ID, 4);
      draft.putInt(server);
    }
    option(draft, PARAMETERS, WANTED.length);
    draft.put(WANTED).put((byte) END);
    Template template = new Template(draft);
    template.xidAt = XID;
    template.elapsedAt = SECONDS;
    template.clientAt = CHADDR + NUMBER;
    template.addressAt = addressAt;
    return template;
  }

  private static int option(ByteBuffer draft, int code, int length) {
    draft.put((byte) code).put((byte) length);
    return draft.position();
  }

  @Override
  public boolean isOtherServer(Answer answer) {
    return answer.serverLength != 4 || answer.octets.getInt(answer.serverAt) != server;
  }

  @Override
  public void learnServer(Answer answer) {
    if (answer.serverLength == 4) {
      server = answer.octets.getInt(answer.serverAt);
      request = template(Purpose.SECOND);
    }
  }

  @Override
  public int write(ByteBuffer to, int at, Order order) {
    Template template =
        switch (order.purpose) {
          case FIRST -> discover;
          case SECOND -> request;
          case RENEW -> renew;
        };
    int length = template.copyTo(to, at);
    to.putInt(at + XID, order.xid);
    to.putInt(at + CHADDR + NUMBER, order.client);
    long seconds = Math.min(order.elapsedMillis / 1000, LONGEST_ELAPSED);
    to.putShort(at + SECONDS, (short) seconds);
    if (template.addressAt >= 0) {
      to.putInt(at + template.addressAt, (int) order.addressLow);
    }
    return length;
  }

  @Override
  public boolean read(ByteBuffer from, int at, int end, Answer answer) {
    answer.clear(from);
    if (end - at < OPTIONS || from.get(at) != 2 || from.getInt(at + COOKIE_AT) != COOKIE) {
      return false;
    }
    answer.xid = from.getInt(at + XID);
    answer.ours = from.get(at + CHADDR + 1) == salt;
    answer.client = from.getInt(at + CHADDR + NUMBER);
    answer.addressLow = from.getInt(at + YIADDR) & 0xffffffffL;
    answer.leased = answer.addressLow != 0;
    readOptions(at + OPTIONS, end, answer);
    answer.kind =
        switch (answer.type) {
          case OFFER -> Answer.Kind.OFFER;
          case ACK -> Answer.Kind.ACK;
          case NAK -> Answer.Kind.NAK;
          default -> Answer.Kind.OTHER;
        };
    return true;
  }

  private static void readOptions(int at, int end, Answer answer) {
    ByteBuffer from = answer.octets;
    int next = at;
    while (next + 2 < end) {
      int code = from.get(next) & 0xff;
      if (code == 0) {
        next++;
        continue;
      }
      int length = from.get(next + 1) & 0xff;
      if (code == END || next + 2 + length > end) {
        return;
      }
      if (code == MESSAGE_TYPE && length == 1) {
        answer.type = from.get(next + 2);
      } else if (code == SERVER_ID) {
        answer.serverAt = next + 2;
        answer.serverLength = length;
      }
      next += 2 + length;
    }
  }
}
