// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

/** DHCPv4 message types (IANA "DHCP Message Type 53 Values") and the names the product shows. */
public final class Dhcp4MessageType {
  /** What {@link Dhcp4Message#type} says of a message without option 53. */
  public static final int BOOTP = 0;

  public static final int DISCOVER = 1;
  public static final int OFFER = 2;
  public static final int REQUEST = 3;
  public static final int DECLINE = 4;
  public static final int ACK = 5;
  public static final int NAK = 6;
  public static final int RELEASE = 7;
  public static final int INFORM = 8;

  /** RFC 3203. */
  public static final int FORCERENEW = 9;

  /** RFC 4388, as are the following ones up to {@link #LEASEACTIVE}. */
  public static final int LEASEQUERY = 10;

  public static final int LEASEUNASSIGNED = 11;
  public static final int LEASEUNKNOWN = 12;
  public static final int LEASEACTIVE = 13;

  /** RFC 6926. */
  public static final int BULKLEASEQUERY = 14;

  public static final int LEASEQUERYDONE = 15;

  /** RFC 7724, as are the following ones. */
  public static final int ACTIVELEASEQUERY = 16;

  public static final int LEASEQUERYSTATUS = 17;
  public static final int TLS = 18;

  private static final String[] NAMES = {
    "bootp",
    "discover",
    "offer",
    "request",
    "decline",
    "ack",
    "nak",
    "release",
    "inform",
    "forcerenew",
    "leasequery",
    "leaseunassigned",
    "leaseunknown",
    "leaseactive",
    "bulkleasequery",
    "leasequerydone",
    "activeleasequery",
    "leasequerystatus",
    "tls",
  };

  private Dhcp4MessageType() {}

  /** The name of the type in lower case, or {@code type-N} if it has none. */
  public static String name(int type) {
    return type == BOOTP || isKnown(type) ? NAMES[type] : "type-" + type;
  }

  /** Whether the type is registered. */
  public static boolean isKnown(int type) {
    return type > BOOTP && type < NAMES.length;
  }
}
