// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

/**
 * Numbers of the DHCPv6 options that the product's own code treats specially. The names and formats
 * of all options are in {@link Dhcp6OptionTable}.
 */
public final class Dhcp6OptionCode {
  public static final int CLIENT_ID = 1;
  public static final int SERVER_ID = 2;
  public static final int IA_NA = 3;

  /** Obsolete since RFC 9915: read, never sent. */
  public static final int IA_TA = 4;

  public static final int IAADDR = 5;
  public static final int ORO = 6;
  public static final int PREFERENCE = 7;
  public static final int ELAPSED_TIME = 8;
  public static final int RELAY_MSG = 9;
  public static final int AUTH = 11;

  /** Obsolete since RFC 9915: read, never sent. */
  public static final int UNICAST = 12;

  public static final int STATUS_CODE = 13;
  public static final int RAPID_COMMIT = 14;
  public static final int USER_CLASS = 15;
  public static final int VENDOR_CLASS = 16;
  public static final int VENDOR_OPTS = 17;
  public static final int INTERFACE_ID = 18;
  public static final int RECONF_MSG = 19;
  public static final int RECONF_ACCEPT = 20;
  public static final int DNS_SERVERS = 23;
  public static final int DOMAIN_SEARCH = 24;
  public static final int IA_PD = 25;
  public static final int IAPREFIX = 26;
  public static final int INFORMATION_REFRESH_TIME = 32;
  public static final int REMOTE_ID = 37;
  public static final int SUBSCRIBER_ID = 38;
  public static final int CLIENT_FQDN = 39;
  public static final int ERO = 43;
  public static final int LQ_QUERY = 44;
  public static final int CLIENT_DATA = 45;
  public static final int CLT_TIME = 46;
  public static final int LQ_RELAY_DATA = 47;
  public static final int LQ_CLIENT_LINK = 48;
  public static final int RELAY_ID = 53;
  public static final int RSOO = 66;
  public static final int PD_EXCLUDE = 67;
  public static final int VSS = 68;
  public static final int CLIENT_LINKLAYER_ADDR = 79;
  public static final int SOL_MAX_RT = 82;
  public static final int INF_MAX_RT = 83;
  public static final int DHCPV4_MSG = 87;
  public static final int LQ_BASE_TIME = 100;
  public static final int RELAY_PORT = 135;
  public static final int IA_LL = 138;
  public static final int LLADDR = 139;
  public static final int ADDR_REG_ENABLE = 148;

  private Dhcp6OptionCode() {}
}
