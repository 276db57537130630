// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.net.Duid;
import io.leasehold.server.plan.Compatibility;
import io.leasehold.server.plan.FamilySettings;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.plan.json.JsonValue.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads what concerns the server as a whole. */
final class SettingsReader {
  static final String GLOBALS_FIRST = "early-global-reservations-lookup";

  private static final long DECLINE_PROBATION_SECONDS = 86_400;
  private static final long HOLD_RECLAIMED_SECONDS = 3_600;
  private static final int ERP_LOCAL_DOMAIN_NAME = 65;

  /** In the order in which Kea looks them up. */
  private static final Map<String, HostIdentifier.Type> IDENTIFIERS_6 =
      inOrder(
          HostIdentifier.Type.HW_ADDRESS, HostIdentifier.Type.DUID, HostIdentifier.Type.FLEX_ID);

  private static final Map<String, HostIdentifier.Type> IDENTIFIERS_4 =
      inOrder(
          HostIdentifier.Type.HW_ADDRESS,
          HostIdentifier.Type.DUID,
          HostIdentifier.Type.CIRCUIT_ID,
          HostIdentifier.Type.CLIENT_ID,
          HostIdentifier.Type.FLEX_ID);

  private static final List<String> MAC_SOURCES =
      List.of(
          "any",
          "raw",
          "duid",
          "ipv6-link-local",
          "client-link-addr-option",
          "rfc6939",
          "remote-id",
          "rfc4649",
          "subscriber-id",
          "rfc4580",
          "docsis-cmts",
          "docsis-modem");

  private final Fields fields;
  private final Vocabulary words;

  private SettingsReader(Fields fields, Vocabulary words) {
    this.fields = fields;
    this.words = words;
  }

  private static Map<String, HostIdentifier.Type> inOrder(HostIdentifier.Type... types) {
    Map<String, HostIdentifier.Type> words = new LinkedHashMap<>();
    List.of(types).forEach(type -> words.put(ReservationReader.key(type), type));
    return words;
  }

  /** Reads it, when all classes are defined. */
  static FamilySettings read(Fields globals, Vocabulary words) {
    return new SettingsReader(globals, words).read();
  }

  private FamilySettings read() {
    macSources();
    fields
        .flag("ip-reservations-unique")
        .filter(unique -> !unique)
        .ifPresent(
            no ->
                fields
                    .findings()
                    .warn(
                        fields.place("ip-reservations-unique"),
                        "\"ip-reservations-unique\" has no effect here: an address is reserved for one client"));
    Optional<Duid> serverId =
        fields.object("server-id", ObjectKind.SERVER_ID).flatMap(ServerIdReader::read);
    long hold =
        fields
            .object("expired-leases-processing", ObjectKind.EXPIRED)
            .map(expired -> expired.seconds("hold-reclaimed-time").orElse(HOLD_RECLAIMED_SECONDS))
            .orElse(HOLD_RECLAIMED_SECONDS);
    HooksReader.Hooks hooks = HooksReader.read(fields, words);
    return new FamilySettings(
        interfaces(),
        serverId,
        fields.seconds("decline-probation-period").orElse(DECLINE_PROBATION_SECONDS),
        hold,
        identifiers(),
        fields.dialect() == Dialect.V6 ? relaySupplied() : Set.of(),
        fields.flag("echo-client-id").orElse(true),
        fields
            .object("compatibility", ObjectKind.COMPATIBILITY)
            .map(SettingsReader::compatible)
            .orElse(Compatibility.NONE),
        hooks.pingCheck(),
        hooks.flexId());
  }

  private List<String> interfaces() {
    List<String> words = new ArrayList<>();
    Optional<Fields> config = fields.object("interfaces-config", ObjectKind.INTERFACES);
    for (JsonText text : config.map(c -> c.texts("interfaces")).orElse(List.of())) {
      String word = text.text().trim();
      int slash = word.indexOf('/');
      String name = slash < 0 ? word : word.substring(0, slash);
      boolean address = slash >= 0;
      if (!name.equals("*") && !name.matches("[^\\s/*]{1,15}") || name.equals("*") && address) {
        fields
            .findings()
            .error(
                text.place(),
                text.shown()
                    + " is not an interface; accepted are \"eth0\", \"eth0/"
                    + fields.dialect().exampleAddress()
                    + "\" and \"*\"");
      } else if (!address
          || AddressText.address(fields, text.place(), word.substring(slash + 1)).isPresent()) {
        words.add(word);
      }
    }
    return words;
  }

  /** Which of several sources is right depends on the packet, so their choice is the server's. */
  private void macSources() {
    List<JsonText> sources = fields.texts("mac-sources");
    for (JsonText source : sources) {
      if (!MAC_SOURCES.contains(source.text())) {
        fields
            .findings()
            .error(
                source.place(),
                source.shown()
                    + " is not a source of link-layer addresses; accepted are "
                    + String.join(", ", MAC_SOURCES));
      }
    }
    if (MAC_SOURCES.containsAll(sources.stream().map(JsonText::text).toList())
        && !sources.isEmpty()
        && sources.stream().noneMatch(source -> source.text().equals("any"))) {
      fields
          .findings()
          .warn(
              fields.place("mac-sources"),
              "\"mac-sources\" has no effect here: a link-layer address is what the relay says (RFC 6939), else that in the DUID, else that in"
                  + " the link-local address");
    }
  }

  private List<HostIdentifier.Type> identifiers() {
    Map<String, HostIdentifier.Type> known =
        fields.dialect() == Dialect.V6 ? IDENTIFIERS_6 : IDENTIFIERS_4;
    if (!fields.has("host-reservation-identifiers")) {
      // By what an expression makes, Kea looks nobody up unless it is told to.
      return known.values().stream().filter(type -> type != HostIdentifier.Type.FLEX_ID).toList();
    }
    String words = "\"" + String.join("\", \"", known.keySet()) + "\"";
    List<HostIdentifier.Type> types = new ArrayList<>();
    for (JsonText text : fields.texts("host-reservation-identifiers")) {
      if (known.containsKey(text.text())) {
        types.add(known.get(text.text()));
      } else {
        fields
            .findings()
            .error(
                text.place(),
                "%s is not an identifier of %s clients; accepted are %s"
                    .formatted(text.shown(), fields.dialect().service(), words));
      }
    }
    return types.stream().distinct().toList();
  }

  private static Compatibility compatible(Fields fields) {
    return new Compatibility(
        fields.flag("lenient-option-parsing").orElse(false),
        fields.flag("ignore-dhcp-server-identifier").orElse(false),
        fields.flag("ignore-rai-link-selection").orElse(false),
        fields.flag("exclude-first-last-24").orElse(false),
        fields.flag("requests-without-address").orElse(false));
  }

  /**
   * RFC 6422 section 4: a relay may supply what IANA lists, which is option 65, and what the
   * operator allows.
   */
  private Set<Integer> relaySupplied() {
    Set<Integer> codes = new TreeSet<>(Set.of(ERP_LOCAL_DOMAIN_NAME));
    for (JsonText text : fields.texts("relay-supplied-options")) {
      String word = text.text().trim();
      Optional<Integer> code =
          word.matches("\\d{1,5}")
              ? Optional.of(Integer.parseInt(word)).filter(c -> c > 0 && c <= 65_535)
              : words.options().byName(OptionSpace.DHCP6, word).map(OptionDefinition::code);
      if (code.isPresent()) {
        codes.add(code.get());
      } else {
        fields
            .findings()
            .error(
                text.place(),
                text.shown()
                    + " is not an option; accepted is a code or a name"
                    + NearestWord.hint(word, words.options().names(OptionSpace.DHCP6)));
      }
    }
    return codes;
  }
}
