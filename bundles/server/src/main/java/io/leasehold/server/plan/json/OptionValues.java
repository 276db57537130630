// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.option.OptionText;
import io.leasehold.codec.v6.Dhcp6OptionTable;
import io.leasehold.net.Bytes;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.PlanOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads the {@code option-data} of one level: values become octets, and options of encapsulated
 * spaces go into those around them.
 */
final class OptionValues {
  private static final String VENDOR = "vendor-";

  /**
   * Options whose value depends on the message or the lease (RFC 8415 section 24), and those only
   * relays and clients send.
   */
  private static final Set<Integer> WRITTEN_BY_SERVER =
      Set.of(1, 2, 3, 4, 5, 6, 8, 9, 11, 13, 14, 18, 19, 25, 26, 39, 47, 48, 66, 67, 79, 135);

  private static final int SERVER_UNICAST = 12;

  private record Key(OptionSpace space, int code) {}

  private record Raw(
      Fields fields,
      Key key,
      Optional<OptionDefinition> definition,
      Bytes value,
      boolean always,
      boolean never) {}

  private final OptionDefinitions definitions;
  private final Findings findings;
  private final List<Raw> raws = new ArrayList<>();
  private final Map<OptionSpace, Bytes> encapsulated = new HashMap<>();

  private OptionValues(OptionDefinitions definitions, Findings findings) {
    this.definitions = definitions;
    this.findings = findings;
  }

  /** Whether a plan cannot set an option. */
  static boolean isWrittenByServer(OptionSpace space, int code) {
    return space.equals(OptionSpace.DHCP6) && WRITTEN_BY_SERVER.contains(code);
  }

  /** The options of a level. */
  static OptionSet read(Fields level, OptionDefinitions definitions) {
    if (!level.has("option-data")) {
      return OptionSet.NONE;
    }
    OptionValues values = new OptionValues(definitions, level.findings());
    level.objects("option-data", ObjectKind.OPTION_DATA).forEach(values::readOne);
    values.checkRepeated();
    return values.assemble();
  }

  /** The space of an option or definition. */
  static Optional<OptionSpace> space(Fields fields) {
    String name = fields.text("space").orElse(OptionSpace.DHCP6.name());
    if (name.equals("dhcp4")) {
      fields.error(
          "space",
          "\"dhcp4\" is the space of DHCPv4; accepted here are \"dhcp6\", \"vendor-N\" and spaces of option-def");
      return Optional.empty();
    }
    if (!name.matches("[A-Za-z0-9][-_.A-Za-z0-9]*")) {
      fields.error(
          "space",
          "\""
              + name
              + "\" is not an option space; accepted are letters, digits, hyphens and underscores");
      return Optional.empty();
    }
    return Optional.of(new OptionSpace(name));
  }

  private void readOne(Fields fields) {
    space(fields).ifPresent(space -> readOne(fields, space));
  }

  private void readOne(Fields fields, OptionSpace space) {
    Optional<String> name = fields.text("name");
    OptionalLong code = fields.whole("code", 1, 65_535);
    boolean always = fields.flag("always-send").orElse(false);
    boolean never = fields.flag("never-send").orElse(false);
    Optional<Boolean> csv = fields.flag("csv-format");
    String data = fields.rawText("data").orElse("");
    if (code.isEmpty() && fields.has("code")) {
      return;
    }
    Optional<OptionDefinition> definition =
        code.isPresent()
            ? definitions.byCode(space, (int) code.getAsLong())
            : name.flatMap(n -> definitions.byName(space, n));
    if (!isKnown(fields, space, name, code, definition)) {
      return;
    }
    int number = (int) code.orElseGet(() -> definition.orElseThrow().code());
    if (isWrittenByServer(space, number)) {
      fields.error(
          code.isPresent() ? "code" : "name",
          title(space, number, definition)
              + " depends on the message; the server writes it itself");
      return;
    }
    if (space.equals(OptionSpace.DHCP6) && number == SERVER_UNICAST) {
      findings.warn(
          fields.place(),
          title(space, number, definition) + " is obsolete (RFC 9915) and not sent");
      return;
    }
    Optional<Bytes> value =
        never
            ? Optional.of(Bytes.EMPTY)
            : value(fields, title(space, number, definition), definition, csv, data);
    value.ifPresent(
        v -> raws.add(new Raw(fields, new Key(space, number), definition, v, always, never)));
  }

  private static String title(OptionSpace space, int code, Optional<OptionDefinition> definition) {
    return definition.map(OptionDefinition::toString).orElse(space + "." + code);
  }

  private boolean isKnown(
      Fields fields,
      OptionSpace space,
      Optional<String> name,
      OptionalLong code,
      Optional<OptionDefinition> definition) {
    if (name.isEmpty() && code.isEmpty()) {
      findings.error(fields.place(), "an option needs \"name\" or \"code\"");
      return false;
    }
    if (definition.isEmpty() && code.isEmpty()) {
      Set<String> names = definitions.names(space);
      fields.error(
          "name",
          "\""
              + name.get()
              + "\" is not an option of the space \""
              + space
              + "\""
              + NearestWord.hint(name.get(), names)
              + (names.isEmpty()
                  ? "; that space has none: define it with option-def, or give \"code\" and hexadecimal \"data\""
                  : ""));
      return false;
    }
    if (definition.isPresent() && name.isPresent() && !name.get().equals(definition.get().name())) {
      fields.error(
          "name",
          "\""
              + name.get()
              + "\" has another code; code "
              + definition.get().code()
              + " is "
              + definition.get());
      return false;
    }
    return true;
  }

  private Optional<Bytes> value(
      Fields fields,
      String title,
      Optional<OptionDefinition> definition,
      Optional<Boolean> csv,
      String data) {
    if (definition.isEmpty() && csv.orElse(false)) {
      fields.error(
          "csv-format",
          title
              + " has no definition, so its fields are unknown; add an option-def, or give hexadecimal data");
      return Optional.empty();
    }
    try {
      if (definition.isPresent() && csv.orElse(true)) {
        return Optional.of(definition.get().format().encodeText(data));
      }
      Bytes octets = octets(data);
      if (definition.isPresent()) {
        check(definition.get(), octets);
      } else if (octets.isEmpty()) {
        throw new IllegalArgumentException(
            "no data; an option without a value needs an option-def of the type \"empty\"");
      }
      return Optional.of(octets);
    } catch (IllegalArgumentException e) {
      String shown =
          fields.has("data")
              ? " \"" + (data.length() > 60 ? data.substring(0, 60) + "…" : data) + "\""
              : "";
      fields.error("data", title + shown + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Bytes octets(String data) {
    try {
      Bytes octets = data.isBlank() ? Bytes.EMPTY : OptionText.octets(data);
      if (octets.length() > Option.MAX_VALUE_LENGTH) {
        throw new IllegalArgumentException(
            octets.length()
                + " octets are too many for an option ("
                + Option.MAX_VALUE_LENGTH
                + ")");
      }
      return octets;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "accepted are hexadecimal octets (0a0b, 0a:0b, 0x0a0b) or 'text'", e);
    }
  }

  /** Refuses octets that a client could not read. */
  private static void check(OptionDefinition definition, Bytes octets) {
    try {
      if (definition.encapsulates().isPresent()) {
        definition.format().decodeFields(new ByteReader(octets));
      } else {
        definition.format().check(octets);
      }
    } catch (MalformedPacketException e) {
      throw new IllegalArgumentException(
          e.getMessage() + "; the format is " + definition.format(), e);
    }
  }

  private void checkRepeated() {
    Map<Key, Raw> seen = new HashMap<>();
    for (Raw raw : raws) {
      Raw first = seen.putIfAbsent(raw.key(), raw);
      boolean mayRepeat = mayRepeat(raw.key());
      if (first != null && !mayRepeat) {
        findings.error(
            raw.fields().place(),
            title(raw.key().space(), raw.key().code(), raw.definition())
                + " is set twice on this level; the other is at "
                + first.fields().place());
      }
    }
  }

  private static boolean mayRepeat(Key key) {
    return !key.space().equals(OptionSpace.DHCP6)
        || Dhcp6OptionTable.row(key.code()).map(row -> !row.isSingleton()).orElse(false);
  }

  private OptionSet assemble() {
    List<PlanOption> options = new ArrayList<>();
    Set<OptionSpace> used = new HashSet<>();
    for (Raw raw : raws) {
      if (isTop(raw.key().space())) {
        Bytes value = raw.never() ? Bytes.EMPTY : complete(raw, used, 0);
        options.add(
            new PlanOption(raw.key().space(), raw.key().code(), value, raw.always(), raw.never()));
      }
    }
    for (Raw raw : raws) {
      if (!isTop(raw.key().space()) && !used.contains(raw.key().space())) {
        findings.warn(
            "not encapsulated " + raw.key().space(),
            raw.fields().place(),
            "%s is not sent: no option set on this level encapsulates the space \"%s\""
                .formatted(
                    title(raw.key().space(), raw.key().code(), raw.definition()),
                    raw.key().space()));
      }
    }
    return new OptionSet(options);
  }

  /**
   * Whether options of a space stand by themselves in a message, or in the Vendor-specific
   * Information option.
   */
  private static boolean isTop(OptionSpace space) {
    return space.equals(OptionSpace.DHCP6)
        || space.name().startsWith(VENDOR)
            && space.name().substring(VENDOR.length()).matches("\\d{1,10}");
  }

  private Bytes complete(Raw raw, Set<OptionSpace> used, int depth) {
    // An option that holds options of DHCPv6 itself gets none of those that stand beside it.
    Optional<OptionSpace> inner =
        raw.definition()
            .flatMap(OptionDefinition::encapsulates)
            .filter(space -> !space.equals(OptionSpace.DHCP6));
    if (inner.isEmpty() || depth > OptionDefinitions.DEEPEST) {
      return raw.value();
    }
    used.add(inner.get());
    Bytes options = encapsulated.get(inner.get());
    if (options == null) {
      ByteWriter out = new ByteWriter(64);
      for (Raw sub : raws) {
        if (sub.key().space().equals(inner.get()) && !sub.never()) {
          Bytes value = complete(sub, used, depth + 1);
          out.u16(sub.key().code()).u16(value.length()).bytes(value);
        }
      }
      options = out.toBytes();
      encapsulated.put(inner.get(), options);
    }
    int length = raw.value().length() + options.length();
    if (length > Option.MAX_VALUE_LENGTH) {
      findings.error(
          raw.fields().place(),
          title(raw.key().space(), raw.key().code(), raw.definition())
              + " has "
              + length
              + " octets with its options; at most "
              + Option.MAX_VALUE_LENGTH
              + " fit");
      return raw.value();
    }
    return new ByteWriter(length).bytes(raw.value()).bytes(options).toBytes();
  }
}
