// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease.text;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import io.leasehold.net.HardwareAddress;
import io.leasehold.net.Ipv6;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the lines of Kea's lease files ({@code kea-leases4.csv}, {@code kea-leases6.csv}) of any
 * release whose first line names the columns. Later lines of a lease replace earlier ones, and a
 * lifetime of 0 removes it, as in Kea. Used by one thread.
 */
final class KeaLeases {
  /** A lifetime without end. */
  private static final long FOREVER = 0xffff_ffffL;

  /** What stands for a comma and other octets in Kea's values. */
  private static final Pattern ESCAPE = Pattern.compile("&#x([0-9a-fA-F]{2})");

  /** What says that a name was registered. */
  private static final Set<String> IN_DNS = Set.of("1", "true");

  /** The column with what clients are asked about by nobody but Kea's hooks. */
  private static final String CONTEXT = "user_context";

  private final Map<String, Integer> columns = new HashMap<>();
  private final boolean v6;
  private String[] values = {};

  private KeaLeases(List<String> names) {
    for (String name : names) {
      columns.put(name, columns.size());
    }
    v6 = columns.containsKey("duid");
  }

  /** Whether a line names the columns of such a file. */
  static boolean isHeader(String line) {
    return line.startsWith("address,")
        && line.contains(",valid_lifetime,expire,subnet_id,")
        && (line.contains(",duid,") || line.contains(",hwaddr,"));
  }

  /** Reads what follows such a line. */
  static KeaLeases of(String header) {
    return new KeaLeases(Arrays.asList(header.strip().split(",", -1)));
  }

  /**
   * What a line says; null if it is about something that is no lease here.
   *
   * @throws IllegalArgumentException if the line is not one; the message says what is wrong with
   *     which value
   */
  LeaseChange read(String line) {
    values = line.split(",", -1);
    if (values.length < columns.size() - 1) {
      throw new IllegalArgumentException(
          values.length + " columns where the first line has " + columns.size());
    }
    LeaseKey key = key();
    long valid = number("valid_lifetime", FOREVER);
    if (valid == 0) {
      return LeaseChange.remove(key);
    }
    long state = text("state").isEmpty() ? 0 : number("state", 255);
    LeaseState known = state(state);
    if (known == null) {
      return null;
    }
    return LeaseChange.put(lease(key, known, valid));
  }

  /** What of the line that was read last has no place in a lease; empty if all has one. */
  String lost() {
    List<String> lost = new ArrayList<>();
    if (!text(CONTEXT).isEmpty()) {
      lost.add("its user context");
    }
    if (IN_DNS.contains(text("fqdn_fwd")) || IN_DNS.contains(text("fqdn_rev"))) {
      lost.add("that its name is in the DNS");
    }
    return String.join(", ", lost);
  }

  private static LeaseState state(long code) {
    return switch ((int) code) {
      case 0 -> LeaseState.ACTIVE;
      case 1 -> LeaseState.ABANDONED;
      case 2 -> LeaseState.EXPIRED;
      case 3 -> LeaseState.RELEASED;
      case 4 -> null;
      default -> throw new IllegalArgumentException("state '" + code + "' is not known");
    };
  }

  private LeaseKey key() {
    Ipv6 address = v6 ? Ipv6.ofIpv6Text(text("address")) : Ipv6.ofText(text("address"));
    if (!v6) {
      if (!address.isMapped()) {
        throw new IllegalArgumentException("'" + text("address") + "' is no IPv4 address");
      }
      return new LeaseKey(0, LeaseKind.IPV4, address, 128);
    }
    LeaseKind kind =
        switch (text("lease_type")) {
          case "0" -> LeaseKind.IA_NA;
          case "1" -> LeaseKind.IA_TA;
          case "2" -> LeaseKind.IA_PD;
          default ->
              throw new IllegalArgumentException(
                  "lease_type '" + text("lease_type") + "' is not known");
        };
    int length = kind == LeaseKind.IA_PD ? (int) number("prefix_len", 128) : 128;
    return new LeaseKey(0, kind, address, length);
  }

  private Lease lease(LeaseKey key, LeaseState state, long valid) {
    long expire = number("expire", Long.MAX_VALUE);
    long heard = expire - valid;
    long expires = valid == FOREVER ? LeaseTimes.NEVER : expire;
    LeaseTimes times =
        switch (state) {
          case ACTIVE -> {
            long preferred = v6 ? number("pref_lifetime", FOREVER) : valid;
            yield new LeaseTimes(heard, heard, LeaseTimes.end(heard, preferred), expires);
          }
          // Kea does not say how long it remembers the client of a lease that is over.
          case EXPIRED, RELEASED -> new LeaseTimes(expire, heard, expire, expire + valid);
          default -> new LeaseTimes(heard, heard, heard, expires);
        };
    ClientIdentity client = state == LeaseState.ABANDONED ? ClientIdentity.NONE : client();
    long iaid = v6 ? number("iaid", FOREVER) : 0;
    return new Lease(key, number("subnet_id", FOREVER), client, iaid, state, times, details(state));
  }

  private ClientIdentity client() {
    if (v6) {
      return new ClientIdentity(ClientIdentity.Type.DUID, octets("duid"));
    }
    if (!text("client_id").isEmpty()) {
      return new ClientIdentity(ClientIdentity.Type.CLIENT_ID, octets("client_id"));
    }
    Bytes hardware = octets("hwaddr");
    ByteBuffer value = ByteBuffer.allocate(1 + hardware.length());
    value.put((byte) HardwareAddress.ETHERNET);
    hardware.putInto(value);
    return new ClientIdentity(ClientIdentity.Type.HARDWARE, Bytes.copyOf(value.flip()));
  }

  private LeaseDetails details(LeaseState state) {
    LeaseDetails details = LeaseDetails.NONE;
    String hostname = text("hostname");
    if (state != LeaseState.ABANDONED && !text("hwaddr").isEmpty()) {
      Bytes hardware = octets("hwaddr");
      ByteBuffer value = ByteBuffer.allocate(Short.BYTES + hardware.length());
      value.putShort((short) (text("hwtype").isEmpty() ? 1 : number("hwtype", 0xffff)));
      hardware.putInto(value);
      details = details.with(LeaseDetails.HARDWARE_ADDRESS, Bytes.copyOf(value.flip()));
    }
    if (state != LeaseState.ABANDONED && !hostname.isEmpty()) {
      details = details.with(LeaseDetails.HOSTNAME, Bytes.ofUtf8(unescaped(hostname)));
    }
    return details;
  }

  private static String unescaped(String value) {
    return value.contains("&#x")
        ? ESCAPE
            .matcher(value)
            .replaceAll(
                match ->
                    java.util.regex.Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(match.group(1), 16))))
        : value;
  }

  private Bytes octets(String column) {
    try {
      Bytes octets = Bytes.ofHex(text(column));
      if (octets.isEmpty()) {
        throw new IllegalArgumentException("none");
      }
      return octets;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          column + " '" + text(column) + "' is not octets in hexadecimal", e);
    }
  }

  private long number(String column, long most) {
    String value = text(column);
    try {
      long number = Long.parseLong(value);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(column + " '" + value + "' is no number", e);
    }
    throw new IllegalArgumentException(column + " '" + value + "' is not 0 to " + most);
  }

  /** The value of a column; empty if there is none. */
  private String text(String column) {
    Integer at = columns.get(column);
    return at == null || at >= values.length ? "" : values[at].strip();
  }
}
