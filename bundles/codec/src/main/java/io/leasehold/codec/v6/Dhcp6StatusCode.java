// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

/** DHCPv6 status codes (IANA "Status Codes") and their names. */
public final class Dhcp6StatusCode {
  public static final int SUCCESS = 0;
  public static final int UNSPEC_FAIL = 1;
  public static final int NO_ADDRS_AVAIL = 2;
  public static final int NO_BINDING = 3;
  public static final int NOT_ON_LINK = 4;

  /** Obsolete since RFC 9915: read, never sent. */
  public static final int USE_MULTICAST = 5;

  public static final int NO_PREFIX_AVAIL = 6;

  /** RFC 5007, as are the following ones up to {@link #NOT_ALLOWED}. */
  public static final int UNKNOWN_QUERY_TYPE = 7;

  public static final int MALFORMED_QUERY = 8;
  public static final int NOT_CONFIGURED = 9;
  public static final int NOT_ALLOWED = 10;

  /** RFC 5460. */
  public static final int QUERY_TERMINATED = 11;

  /** RFC 7653, as are the following ones up to {@link #TLS_CONNECTION_REFUSED}. */
  public static final int DATA_MISSING = 12;

  public static final int CATCH_UP_COMPLETE = 13;
  public static final int NOT_SUPPORTED = 14;
  public static final int TLS_CONNECTION_REFUSED = 15;

  /** RFC 8156, as are the following ones. */
  public static final int ADDRESS_IN_USE = 16;

  public static final int CONFIGURATION_CONFLICT = 17;
  public static final int MISSING_BINDING_INFORMATION = 18;
  public static final int OUTDATED_BINDING_INFORMATION = 19;
  public static final int SERVER_SHUTTING_DOWN = 20;
  public static final int DNS_UPDATE_NOT_SUPPORTED = 21;
  public static final int EXCESSIVE_TIME_SKEW = 22;

  private static final String[] NAMES = {
    "Success",
    "UnspecFail",
    "NoAddrsAvail",
    "NoBinding",
    "NotOnLink",
    "UseMulticast",
    "NoPrefixAvail",
    "UnknownQueryType",
    "MalformedQuery",
    "NotConfigured",
    "NotAllowed",
    "QueryTerminated",
    "DataMissing",
    "CatchUpComplete",
    "NotSupported",
    "TLSConnectionRefused",
    "AddressInUse",
    "ConfigurationConflict",
    "MissingBindingInformation",
    "OutdatedBindingInformation",
    "ServerShuttingDown",
    "DNSUpdateNotSupported",
    "ExcessiveTimeSkew",
  };

  private Dhcp6StatusCode() {}

  /** The registered name, or {@code status-N} if there is none. */
  public static String name(int code) {
    return isKnown(code) ? NAMES[code] : "status-" + code;
  }

  /** Whether the code is registered. */
  public static boolean isKnown(int code) {
    return code >= 0 && code < NAMES.length;
  }
}
