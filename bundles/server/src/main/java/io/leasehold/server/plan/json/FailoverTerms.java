// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.plan.Lifetimes;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.Reservations;
import io.leasehold.server.plan.Subnet;
import io.leasehold.server.plan.json.Level.Setting;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a subnet must be like that two servers share (RFC 8156). */
final class FailoverTerms {
  private static final String KEY = "failover";

  /** RFC 8156 section 1: leases are not shorter. */
  private static final long LEAST_SECONDS = 30;

  private FailoverTerms() {}

  /** The relationship that a subnet is of; empty if it is of none. */
  static Optional<String> relationship(Level level) {
    return level.find(KEY, String.class).map(Setting::value);
  }

  /** Reports what cannot be shared. */
  static void check(Level level, Subnet subnet) {
    Optional<Setting<String>> failover = level.find(KEY, String.class);
    if (failover.isEmpty()) {
      return;
    }
    Place place = failover.get().place();
    checkValid(level, subnet.lifetimes().valid(), place);
    if (level.dialect() == Dialect.V4) {
      checkDhcp4(level, subnet);
    } else {
      warnOfHalves(level, subnet);
    }
  }

  private static void checkDhcp4(Level level, Subnet subnet) {
    // RFC 1534 section 3: who speaks BOOTP keeps its address for ever.
    if (subnet.dhcp4().bootp()) {
      level
          .findings()
          .error(
              level.find("bootp", Boolean.class).orElseThrow().place(),
              "\"bootp\" where \"failover\" is set: nobody renews such addresses; accepted is false");
    }
    if (!subnet.options().get(OptionSpace.DHCP4, Dhcp4OptionCode.SERVER_ID).isEmpty()) {
      level
          .findings()
          .warn(
              "one identifier of two servers",
              level.fields().place("subnet"),
              "the plan has the option dhcp-server-identifier where \"failover\" is set: the two"
                  + " servers need different ones, so that a client can name one of them");
    }
  }

  private static void warnOfHalves(Level level, Subnet subnet) {
    subnet.reservations().all().stream()
        .filter(reservation -> reservation.identifier().type() != HostIdentifier.Type.DUID)
        .flatMap(reservation -> reservation.addresses().stream())
        .filter(FailoverTerms::isOfSecondary)
        .findFirst()
        .ifPresent(
            address ->
                level
                    .findings()
                    .warn(
                        "reserved for the secondary",
                        level.fields().place("reservations"),
                        address
                            + " is even and not reserved by DUID, so that only the failover"
                            + " secondary gives it to its client, and only while the primary does"
                            + " not answer; reserve it by DUID, or an odd address"));
  }

  /** Reports a prefix of which a partner would not hear, because no subnet says whose it is. */
  static void check(Fields globals, Reservations global, List<Link> links) {
    List<Subnet> shared =
        links.stream()
            .filter(link -> link.governor().isPresent())
            .flatMap(link -> link.subnets().stream())
            .toList();
    if (shared.stream().noneMatch(subnet -> subnet.reservationScope().global())) {
      return;
    }
    global.all().stream()
        .flatMap(reservation -> reservation.prefixes().stream())
        .filter(prefix -> shared.stream().noneMatch(subnet -> hasPrefix(subnet, prefix)))
        .findFirst()
        .ifPresent(
            prefix ->
                globals
                    .findings()
                    .warn(
                        "reserved for all",
                        globals.place("reservations"),
                        prefix
                            + " is reserved globally and in no pd-pool where \"failover\" is set, so"
                            + " that the failover partner does not hear of its lease; reserve it in"
                            + " its subnet"));
  }

  private static boolean hasPrefix(Subnet subnet, Prefix prefix) {
    return subnet.prefixPools().stream().anyMatch(pool -> pool.prefix().contains(prefix));
  }

  /** RFC 8156 section 4.2.1.1. */
  private static boolean isOfSecondary(Ipv6 address) {
    return (address.low() & 1) == 0;
  }

  private static void checkValid(Level level, Lifetimes.Range valid, Place otherwise) {
    if (valid.least() < LEAST_SECONDS) {
      level
          .findings()
          .error(
              place(level, otherwise, "min-valid-lifetime", "valid-lifetime"),
              "a valid lifetime of %d s where \"failover\" is set; accepted is %d or more"
                  .formatted(valid.least(), LEAST_SECONDS));
    }
    // RFC 8156 section 7.3: partners tell each other when a lease ends.
    if (valid.most() == Lifetimes.FOREVER) {
      level
          .findings()
          .error(
              place(level, otherwise, "max-valid-lifetime", "valid-lifetime"),
              "a valid lifetime without end where \"failover\" is set; accepted is one that ends");
    }
  }

  /** Where the first of some keys is written. */
  private static Place place(Level level, Place otherwise, String... keys) {
    return Stream.of(keys)
        .map(key -> level.find(key, Long.class))
        .flatMap(Optional::stream)
        .map(Setting::place)
        .findFirst()
        .orElse(otherwise);
  }
}
