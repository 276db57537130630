// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import java.nio.ByteBuffer;

/** DHCPv6 (RFC 8415): one IA_NA or IA_PD a client, whose DUID is its hardware address. */
final class Protocol6 implements Protocol {
  static final int SOLICIT = 1;
  static final int ADVERTISE = 2;
  static final int REQUEST = 3;
  static final int RENEW = 5;
  static final int REPLY = 7;
  static final int RELAY_FORWARD = 12;
  static final int RELAY_REPLY = 13;
  static final int CLIENT_ID = 1;
  static final int SERVER_ID = 2;
  static final int IA_NA = 3;
  static final int IA_ADDRESS = 5;
  static final int ORO = 6;
  static final int ELAPSED = 8;
  static final int RELAY_MESSAGE = 9;
  static final int STATUS = 13;
  static final int RAPID_COMMIT = 14;
  static final int DNS_SERVERS = 23;
  static final int DOMAIN_LIST = 24;
  static final int IA_PD = 25;
  static final int IA_PREFIX = 26;

  /** Octets of a Relay-forward before its options, and of a client's DUID. */
  static final int RELAY_HEADER = 34;

  static final int DUID_OCTETS = 10;
  private static final int DUID_NUMBER = 6;
  private static final long LINK_LOCAL = 0xfe80L << 48;
  private static final int LONGEST_ELAPSED = 0xffff;

  private final byte[] link;
  private final byte salt;
  private final boolean rapid;
  private final boolean prefixes;
  private final Template solicit;
  private Template request;
  private Template renew;
  private byte[] server = {};
  private int prefixLength;

  /**
   * @param link the link-address of the relay that all messages come through, or null without one
   * @param salt tells the clients of one run from those of another
   * @param rapid with Rapid Commit
   * @param prefixes asks for prefixes instead of addresses
   */
  Protocol6(byte[] link, byte salt, boolean rapid, boolean prefixes) {
    this.link = link == null ? null : link.clone();
    this.salt = salt;
    this.rapid = rapid;
    this.prefixes = prefixes;
    solicit = template(SOLICIT);
  }

  @Override
  public int xidBits() {
    return 24;
  }

  // RFC 8415 section 7.6: SOL_TIMEOUT, REQ_TIMEOUT, REN_TIMEOUT and their maxima
  @Override
  public long firstTimeoutMillis(Purpose purpose) {
    return purpose == Purpose.RENEW ? 10_000 : 1_000;
  }

  @Override
  public long longestTimeoutMillis(Purpose purpose) {
    return switch (purpose) {
      case FIRST -> 3_600_000;
      case SECOND -> 30_000;
      case RENEW -> 600_000;
    };
  }

  private Template template(int type) {
    ByteBuffer draft = ByteBuffer.allocate(SendBatch.SLOT);
    int peerAt = -1;
    int lengthAt = -1;
    if (link != null) {
      draft.put((byte) RELAY_FORWARD).put((byte) 0).put(link);
      draft.putLong(LINK_LOCAL).putShort((short) 0).put(salt).put((byte) 0xff);
      peerAt = draft.position();
      draft.putInt(0);
      lengthAt = option(draft, RELAY_MESSAGE, 0);
    }
    int begin = draft.position();
    draft.putInt(type << 24);
    int elapsedAt = option(draft, ELAPSED, 2);
    draft.putShort((short) 0);
    int duidAt = option(draft, CLIENT_ID, DUID_OCTETS);
    draft.putShort((short) 3).putShort((short) 1).put((byte) 2).put(salt).putInt(0);
    if (type == SOLICIT && rapid) {
      option(draft, RAPID_COMMIT, 0);
    }
    if (type != SOLICIT) {
      option(draft, SERVER_ID, server.length);
      draft.put(server);
    }
    option(draft, ORO, 4);
    draft.putShort((short) DNS_SERVERS).putShort((short) DOMAIN_LIST);
    int addressAt = association(draft, type != SOLICIT);
    if (link != null) {
      draft.putShort(lengthAt - 2, (short) (draft.position() - begin));
    }
    Template template = new Template(draft);
    template.xidAt = begin;
    template.elapsedAt = elapsedAt;
    template.clientAt = duidAt + DUID_NUMBER;
    template.peerAt = peerAt;
    template.addressAt = addressAt;
    return template;
  }

  /** Writes an IA; returns where its address is, or -1. */
  private int association(ByteBuffer draft, boolean filled) {
    int inner = prefixes ? 25 : 24;
    option(draft, prefixes ? IA_PD : IA_NA, 12 + (filled ? 4 + inner : 0));
    draft.putInt(1).putInt(0).putInt(0);
    if (!filled) {
      return -1;
    }
    int at = option(draft, prefixes ? IA_PREFIX : IA_ADDRESS, inner);
    if (prefixes) {
      draft.putLong(0).put((byte) prefixLength).putLong(0).putLong(0);
      return at + 9;
    }
    draft.putLong(0).putLong(0).putLong(0);
    return at;
  }

  private static int option(ByteBuffer draft, int code, int length) {
    draft.putShort((short) code).putShort((short) length);
    return draft.position();
  }

  @Override
  public boolean isOtherServer(Answer answer) {
    if (answer.serverLength != server.length || answer.prefixLength != prefixLength) {
      return true;
    }
    for (int i = 0; i < server.length; i++) {
      if (answer.octets.get(answer.serverAt + i) != server[i]) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void learnServer(Answer answer) {
    server = new byte[answer.serverLength];
    answer.octets.get(answer.serverAt, server);
    prefixLength = answer.prefixLength;
    request = template(REQUEST);
    renew = template(RENEW);
  }

  @Override
  public int write(ByteBuffer to, int at, Order order) {
    Template template =
        switch (order.purpose) {
          case FIRST -> solicit;
          case SECOND -> request;
          case RENEW -> renew;
        };
    int length = template.copyTo(to, at);
    int begin = at + template.xidAt;
    to.putInt(begin, to.getInt(begin) & 0xff000000 | order.xid);
    to.putInt(at + template.clientAt, order.client);
    if (template.peerAt >= 0) {
      to.putInt(at + template.peerAt, order.client);
    }
    if (order.elapsedMillis > 0) {
      long hundredths = Math.min(order.elapsedMillis / 10, LONGEST_ELAPSED);
      to.putShort(at + template.elapsedAt, (short) hundredths);
    }
    if (template.addressAt >= 0) {
      to.putLong(at + template.addressAt, order.addressHigh);
      to.putLong(at + template.addressAt + 8, order.addressLow);
    }
    return length;
  }

  @Override
  public boolean read(ByteBuffer from, int at, int end, Answer answer) {
    answer.clear(from);
    if (end - at >= RELAY_HEADER && from.get(at) == RELAY_REPLY) {
      int option = find(from, at + RELAY_HEADER, end, RELAY_MESSAGE);
      return option >= 0
          && readMessage(from, option, option + (from.getShort(option - 2) & 0xffff), answer);
    }
    return readMessage(from, at, end, answer);
  }

  /** Where the content of the first option of that code is, or -1. */
  static int find(ByteBuffer from, int at, int end, int code) {
    int next = at;
    while (next + 4 <= end) {
      int content = next + 4;
      int after = content + (from.getShort(next + 2) & 0xffff);
      if (after > end) {
        return -1;
      }
      if (from.getShort(next) == code) {
        return content;
      }
      next = after;
    }
    return -1;
  }

  private boolean readMessage(ByteBuffer from, int at, int end, Answer answer) {
    if (end - at < 4) {
      return false;
    }
    int head = from.getInt(at);
    answer.type = head >>> 24;
    answer.xid = head & 0xffffff;
    answer.kind =
        switch (answer.type) {
          case ADVERTISE -> Answer.Kind.OFFER;
          case REPLY -> Answer.Kind.ACK;
          default -> Answer.Kind.OTHER;
        };
    int next = at + 4;
    while (next + 4 <= end) {
      int content = next + 4;
      int after = content + (from.getShort(next + 2) & 0xffff);
      if (after > end) {
        return false;
      }
      readOption(from.getShort(next), content, after, answer);
      next = after;
    }
    return next == end;
  }

  private void readOption(int code, int at, int end, Answer answer) {
    ByteBuffer from = answer.octets;
    switch (code) {
      case CLIENT_ID -> {
        if (end - at == DUID_OCTETS && from.get(at + DUID_NUMBER - 1) == salt) {
          answer.client = from.getInt(at + DUID_NUMBER);
          answer.ours = true;
        }
      }
      case SERVER_ID -> {
        answer.serverAt = at;
        answer.serverLength = end - at;
      }
      case STATUS -> readStatus(at, end, answer);
      case IA_NA, IA_PD -> readAssociation(at + 12, end, answer);
      default -> {}
    }
  }

  private static void readStatus(int at, int end, Answer answer) {
    if (end - at >= 2 && answer.status == 0) {
      answer.status = answer.octets.getShort(at) & 0xffff;
    }
  }

  private void readAssociation(int at, int end, Answer answer) {
    ByteBuffer from = answer.octets;
    int next = at;
    while (next + 4 <= end) {
      int content = next + 4;
      int after = content + (from.getShort(next + 2) & 0xffff);
      if (after > end) {
        return;
      }
      int code = from.getShort(next);
      if (code == STATUS) {
        readStatus(content, after, answer);
      } else if (code == IA_ADDRESS && after - content >= 24 && from.getInt(content + 20) != 0) {
        keep(content, answer);
      } else if (code == IA_PREFIX && after - content >= 25 && from.getInt(content + 4) != 0) {
        answer.prefixLength = from.get(content + 8) & 0xff;
        keep(content + 9, answer);
      }
      next = after;
    }
  }

  private static void keep(int at, Answer answer) {
    answer.leased = true;
    answer.addressHigh = answer.octets.getLong(at);
    answer.addressLow = answer.octets.getLong(at + 8);
  }
}
