// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.codec.option.OptionText;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.plan.BootFields;
import io.leasehold.server.plan.FlexId;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.Reservation;
import io.leasehold.server.plan.Reservations;
import io.leasehold.server.plan.json.JsonValue.JsonText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads reservations. */
final class ReservationReader {
  private static final int LONGEST_HARDWARE_ADDRESS = 20;
  private static final int LONGEST_FLEX_ID = FlexId.MAX_LENGTH;
  private static final int LONGEST_NAME = 255;

  private static final List<String> OF_USE =
      List.of(
          "ip-addresses",
          "prefixes",
          "ip-address",
          "next-server",
          "server-hostname",
          "boot-file-name",
          "hostname",
          "option-data",
          "client-classes");

  private static final Map<HostIdentifier.Type, String> KEYS =
      Map.of(
          HostIdentifier.Type.DUID,
          "duid",
          HostIdentifier.Type.HW_ADDRESS,
          "hw-address",
          HostIdentifier.Type.CIRCUIT_ID,
          "circuit-id",
          HostIdentifier.Type.CLIENT_ID,
          "client-id",
          HostIdentifier.Type.FLEX_ID,
          "flex-id");

  private final Vocabulary words;
  private final Claims claims;
  private final FormerReservations former;

  ReservationReader(Vocabulary words, Claims claims, FormerReservations former) {
    this.words = words;
    this.claims = claims;
    this.former = former;
  }

  /** The key of a kind of identifier. */
  static String key(HostIdentifier.Type type) {
    return KEYS.get(type);
  }

  /** The reservations of a subnet, or the global ones if {@code subnet} is {@link Prefix#ALL}. */
  Reservations read(Fields level, Prefix subnet) {
    if (!level.has("reservations")) {
      return Reservations.NONE;
    }
    List<Reservation> all = new ArrayList<>();
    Map<HostIdentifier, Place> seen = new HashMap<>();
    for (Fields fields : level.objects("reservations", ObjectKind.RESERVATION)) {
      Optional<HostIdentifier> identifier = identifier(fields);
      List<Ipv6> addresses = addresses(fields, subnet);
      List<Prefix> prefixes = prefixes(fields);
      Optional<String> hostname = hostname(fields);
      BootFields boot = BootReader.read(fields);
      OptionSet options = OptionValues.read(fields, words);
      List<Integer> classes = classes(fields);
      if (identifier.isEmpty()) {
        continue;
      }
      checkUse(fields, identifier.get());
      Place first = seen.putIfAbsent(identifier.get(), fields.place());
      if (first != null) {
        level
            .findings()
            .error(
                fields.place(),
                shown(identifier.get()) + " already has a reservation here, at " + first);
      } else {
        all.add(
            new Reservation(
                identifier.get(), addresses, prefixes, hostname, boot, options, classes));
      }
    }
    return former.of(subnet, all);
  }

  private static void checkUse(Fields fields, HostIdentifier identifier) {
    boolean isOfUse = false;
    for (String key : OF_USE) {
      isOfUse |= fields.has(key) && fields.honours(key);
    }
    if (!isOfUse) {
      List<String> useful = OF_USE.stream().filter(fields::honours).toList();
      fields
          .findings()
          .error(
              fields.place(),
              shown(identifier) + " gets nothing; accepted is one of " + String.join(", ", useful));
    }
  }

  private static String shown(HostIdentifier identifier) {
    return KEYS.get(identifier.type()) + " \"" + identifier.value().toHex(":") + "\"";
  }

  private static Optional<HostIdentifier> identifier(Fields fields) {
    HostIdentifier.Type type = null;
    int identifiers = 0;
    for (Map.Entry<HostIdentifier.Type, String> key : KEYS.entrySet()) {
      if (fields.has(key.getValue()) && fields.honours(key.getValue())) {
        type = key.getKey();
        identifiers++;
      }
    }
    if (identifiers != 1) {
      fields
          .findings()
          .error(
              fields.place(),
              fields.dialect() == Dialect.V6
                  ? "a reservation needs one of \"duid\", \"hw-address\" and \"flex-id\""
                  : "a reservation needs one of \"hw-address\", \"duid\", \"circuit-id\", \"client-id\" and \"flex-id\"");
      return Optional.empty();
    }
    Optional<Bytes> octets =
        switch (type) {
          case DUID -> octets(fields, KEYS.get(type), Duid.MAX_LENGTH, "01:02:03:04");
          case HW_ADDRESS ->
              octets(fields, KEYS.get(type), LONGEST_HARDWARE_ADDRESS, "00:11:22:33:44:55");
          case CLIENT_ID, CIRCUIT_ID ->
              octets(fields, KEYS.get(type), LONGEST_FLEX_ID, "'text' or 0a:0b:0c");
          case FLEX_ID -> octets(fields, KEYS.get(type), LONGEST_FLEX_ID, "'text' or 0a:0b:0c");
        };
    return octets.isEmpty()
        ? Optional.empty()
        : Optional.of(new HostIdentifier(type, octets.get()));
  }

  private static Optional<Bytes> octets(Fields fields, String key, int most, String example) {
    Optional<String> text = fields.text(key);
    if (text.isEmpty()) {
      fields.error(key, "\"" + key + "\" is empty; accepted is one like " + example);
      return Optional.empty();
    }
    try {
      Bytes octets = OptionText.octets(text.get());
      if (!octets.isEmpty() && octets.length() <= most) {
        return Optional.of(octets);
      }
    } catch (IllegalArgumentException notOctets) {
      // Reported below, together with those of a wrong length.
    }
    String shown = text.get().length() > 60 ? text.get().substring(0, 60) + "…" : text.get();
    fields.error(
        key,
        "\""
            + key
            + "\" is \""
            + shown
            + "\"; accepted are 1 to "
            + most
            + " octets like "
            + example);
    return Optional.empty();
  }

  private List<Ipv6> addresses(Fields fields, Prefix subnet) {
    List<Ipv6> addresses = new ArrayList<>();
    for (JsonText text : fields.texts("ip-addresses")) {
      address(fields, text.place(), text.text(), subnet).ifPresent(addresses::add);
    }
    fields
        .text("ip-address")
        .flatMap(text -> address(fields, fields.place("ip-address"), text, subnet))
        .ifPresent(addresses::add);
    return addresses;
  }

  private Optional<Ipv6> address(Fields fields, Place place, String text, Prefix subnet) {
    Optional<Ipv6> address = AddressText.address(fields, place, text);
    if (address.isEmpty()) {
      return address;
    }
    boolean everybodys =
        address.get().isMapped()
            && (address.get().toIpv4().isUnspecified()
                || address.get().toIpv4().isMulticast()
                || address.get().toIpv4().isBroadcast());
    if (everybodys || !subnet.contains(address.get())) {
      fields
          .findings()
          .error(
              place,
              everybodys
                  ? "\"" + address.get() + "\" is not an address of one host"
                  : "\"" + address.get() + "\" is not inside the subnet " + subnet);
      return Optional.empty();
    }
    claims.reserved(place, new Prefix(address.get(), 128));
    return address;
  }

  private List<Integer> classes(Fields fields) {
    if (!fields.has("client-classes")) {
      return List.of();
    }
    return fields.texts("client-classes").stream()
        .flatMap(text -> ClassTermsReader.name(fields, text).stream())
        .map(words.classes()::reserved)
        .distinct()
        .toList();
  }

  private List<Prefix> prefixes(Fields fields) {
    List<Prefix> prefixes = new ArrayList<>();
    for (JsonText text : fields.texts("prefixes")) {
      Optional<Prefix> prefix = AddressText.prefix(fields, text.place(), text.text());
      if (prefix.isPresent()) {
        claims.reserved(text.place(), prefix.get());
        prefixes.add(prefix.get());
      }
    }
    return prefixes;
  }

  private static Optional<String> hostname(Fields fields) {
    Optional<String> name = fields.text("hostname");
    if (name.isPresent()
        && (name.get().length() > LONGEST_NAME
            || name.get().chars().anyMatch(Character::isWhitespace))) {
      fields.error(
          "hostname", "\"hostname\" has blanks or more than " + LONGEST_NAME + " characters");
      return Optional.empty();
    }
    return name;
  }
}
