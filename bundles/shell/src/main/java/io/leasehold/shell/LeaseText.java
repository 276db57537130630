// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.HardwareAddress;
import io.leasehold.net.Prefix;
import io.leasehold.security.Sanitizer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.support.table.ShellTable;

/** Leases for people and for programs. */
final class LeaseText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  /** The last second that has a date of four digits. */
  private static final long LAST_SHOWN = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private LeaseText() {}

  /** A row for each lease. */
  static ShellTable table(List<Lease> leases) {
    ShellTable table = new ShellTable().forceAscii();
    table.column("lease");
    table.column("kind");
    table.column("state");
    table.column("subnet").alignRight();
    table.column("client");
    table.column("hardware");
    table.column("iaid").alignRight();
    table.column("expires");
    table.emptyTableText("no lease");
    for (Lease lease : leases) {
      table
          .addRow()
          .addContent(
              lease.key(),
              lease.key().kind().word(),
              lease.state().word(),
              lease.subnetId(),
              client(lease),
              lease.hardwareAddress().map(HardwareAddress::toString).orElse("-"),
              isV6(lease) ? lease.iaid() : "-",
              time(lease.times().expires()));
    }
    return table;
  }

  /**
   * Every fact of a lease, times in seconds since 1970 and null for never. What is not known is
   * left out: of a copy, when this server heard the client, if only the partner has.
   */
  static Map<String, Object> json(Lease lease) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("lease", lease.key().toString());
    facts.put("family", Families.word(lease.key().kind().family()));
    facts.put("kind", lease.key().kind().word());
    facts.put("address", lease.key().address().toString());
    Prefix prefix = lease.key().asPrefix();
    facts.put("prefix-length", isV6(lease) ? prefix.length() : prefix.ipv4Length());
    facts.put("subnet-id", lease.subnetId());
    facts.put("state", lease.state().word());
    facts.put("client", lease.client().value().toHex(":"));
    facts.put(
        "client-type", lease.client().type().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    if (isV6(lease)) {
      facts.put("iaid", lease.iaid());
    }
    LeaseTimes times = lease.times();
    facts.put("state-since", times.stateSince());
    putKnown(facts, "last-transaction", times.lastTransaction());
    if (isV6(lease)) {
      putKnown(facts, "preferred-until", times.preferredUntil());
    }
    facts.put("expires", orNull(times.expires()));
    lease.hardwareAddress().ifPresent(address -> facts.put("hardware-address", address.toString()));
    hostname(lease).ifPresent(text -> facts.put("hostname", text));
    return facts;
  }

  /** Every fact of a lease as lines for people. */
  static Map<String, Object> facts(Lease lease) {
    Map<String, Object> facts = json(lease);
    facts.replaceAll(
        (name, value) ->
            switch (name) {
              case "state-since" -> time(lease.times().stateSince());
              case "last-transaction" -> time(lease.times().lastTransaction());
              case "preferred-until" -> time(lease.times().preferredUntil());
              case "expires" -> time(lease.times().expires());
              case "hostname" -> Sanitizer.line(value.toString());
              default -> value;
            });
    facts.remove("address");
    facts.remove("prefix-length");
    facts.remove("family");
    return facts;
  }

  /**
   * The identifier that the client sent; a DHCPv4 client without one is known by its hardware
   * address, which has a column of its own.
   */
  private static String client(Lease lease) {
    boolean sent = lease.client().type() != ClientIdentity.Type.HARDWARE;
    return sent ? lease.client().toString() : "-";
  }

  private static boolean isV6(Lease lease) {
    return lease.key().kind().family() == Family.IPV6;
  }

  private static void putKnown(Map<String, Object> facts, String name, long time) {
    if (time != 0) {
      facts.put(name, orNull(time));
    }
  }

  private static Object orNull(long time) {
    return time == LeaseTimes.NEVER ? null : (Object) time;
  }

  private static String time(long seconds) {
    return seconds > LAST_SHOWN ? "never" : TIME.format(Instant.ofEpochSecond(seconds));
  }

  private static Optional<String> hostname(Lease lease) {
    return lease.details().get(LeaseDetails.HOSTNAME).map(Bytes::toUtf8);
  }
}
