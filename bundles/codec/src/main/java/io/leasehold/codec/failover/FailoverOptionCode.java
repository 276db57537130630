// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

/**
 * Numbers of the options of RFC 8156 section 5.5, and of an extension that only partners use who
 * have both offered it.
 */
public final class FailoverOptionCode {
  public static final int BINDING_STATUS = 114;
  public static final int CONNECT_FLAGS = 115;
  public static final int DNS_REMOVAL_INFO = 116;
  public static final int DNS_HOST_NAME = 117;
  public static final int DNS_ZONE_NAME = 118;
  public static final int DNS_FLAGS = 119;
  public static final int EXPIRATION_TIME = 120;
  public static final int MAX_UNACKED_BNDUPD = 121;
  public static final int MCLT = 122;
  public static final int PARTNER_LIFETIME = 123;
  public static final int PARTNER_LIFETIME_SENT = 124;
  public static final int PARTNER_DOWN_TIME = 125;
  public static final int PARTNER_RAW_CLT_TIME = 126;
  public static final int PROTOCOL_VERSION = 127;
  public static final int KEEPALIVE_TIME = 128;
  public static final int RECONFIGURE_DATA = 129;
  public static final int RELATIONSHIP_NAME = 130;
  public static final int SERVER_FLAGS = 131;
  public static final int SERVER_STATE = 132;
  public static final int START_TIME_OF_STATE = 133;
  public static final int STATE_EXPIRATION_TIME = 134;

  /** In CONNECT and CONNECTREPLY: leases of DHCPv4 may be told. Not assigned by IANA. */
  public static final int DHCP4_OFFER = 65280;

  /** In BNDUPD and BNDREPLY: one IPv4 address. Not assigned by IANA. */
  public static final int DHCP4_DATA = 65281;

  /** Within {@link #DHCP4_DATA}: whose it is. Not assigned by IANA. */
  public static final int DHCP4_CLIENT = 65282;

  private FailoverOptionCode() {}
}
