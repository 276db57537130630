// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

/** DHCPv6 message types (IANA "Message Types") and the names the product shows for them. */
public final class Dhcp6MessageType {
  public static final int SOLICIT = 1;
  public static final int ADVERTISE = 2;
  public static final int REQUEST = 3;
  public static final int CONFIRM = 4;
  public static final int RENEW = 5;
  public static final int REBIND = 6;
  public static final int REPLY = 7;
  public static final int RELEASE = 8;
  public static final int DECLINE = 9;
  public static final int RECONFIGURE = 10;
  public static final int INFORMATION_REQUEST = 11;
  public static final int RELAY_FORW = 12;
  public static final int RELAY_REPL = 13;

  /** RFC 5007. */
  public static final int LEASEQUERY = 14;

  public static final int LEASEQUERY_REPLY = 15;

  /** RFC 5460. */
  public static final int LEASEQUERY_DONE = 16;

  public static final int LEASEQUERY_DATA = 17;

  /** RFC 6977. */
  public static final int RECONFIGURE_REQUEST = 18;

  public static final int RECONFIGURE_REPLY = 19;

  /** RFC 7341. */
  public static final int DHCPV4_QUERY = 20;

  public static final int DHCPV4_RESPONSE = 21;

  /** RFC 7653. */
  public static final int ACTIVELEASEQUERY = 22;

  public static final int STARTTLS = 23;

  /** RFC 8156, as are the following ones up to {@link #CONTACT}. */
  public static final int BNDUPD = 24;

  public static final int BNDREPLY = 25;
  public static final int POOLREQ = 26;
  public static final int POOLRESP = 27;
  public static final int UPDREQ = 28;
  public static final int UPDREQALL = 29;
  public static final int UPDDONE = 30;
  public static final int CONNECT = 31;
  public static final int CONNECTREPLY = 32;
  public static final int DISCONNECT = 33;
  public static final int STATE = 34;
  public static final int CONTACT = 35;

  /** RFC 9686. */
  public static final int ADDR_REG_INFORM = 36;

  public static final int ADDR_REG_REPLY = 37;

  private static final String[] NAMES = {
    null,
    "solicit",
    "advertise",
    "request",
    "confirm",
    "renew",
    "rebind",
    "reply",
    "release",
    "decline",
    "reconfigure",
    "information-request",
    "relay-forw",
    "relay-repl",
    "leasequery",
    "leasequery-reply",
    "leasequery-done",
    "leasequery-data",
    "reconfigure-request",
    "reconfigure-reply",
    "dhcpv4-query",
    "dhcpv4-response",
    "activeleasequery",
    "starttls",
    "bndupd",
    "bndreply",
    "poolreq",
    "poolresp",
    "updreq",
    "updreqall",
    "upddone",
    "connect",
    "connectreply",
    "disconnect",
    "state",
    "contact",
    "addr-reg-inform",
    "addr-reg-reply",
  };

  private Dhcp6MessageType() {}

  /** The name of the type in lower case with hyphens, or {@code type-N} if it has none. */
  public static String name(int type) {
    return isKnown(type) ? NAMES[type] : "type-" + type;
  }

  /** Whether the type is registered. */
  public static boolean isKnown(int type) {
    return type > 0 && type < NAMES.length;
  }

  /** Whether messages of the type have the header of failover (RFC 8156 section 5.2). */
  public static boolean isFailover(int type) {
    return type >= BNDUPD && type <= CONTACT;
  }

  /** Whether messages of the type have the relay header. */
  public static boolean isRelay(int type) {
    return type == RELAY_FORW || type == RELAY_REPL;
  }
}
