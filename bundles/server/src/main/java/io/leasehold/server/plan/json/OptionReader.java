// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionFormat;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.option.OptionText;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.codec.v4.Dhcp4Options;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.net.Bytes;
import io.leasehold.server.plan.ClassGuard;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads one option of {@code option-data}. */
final class OptionReader {
  private static final String CABLELABS = "vendor-4491";
  private static final long LARGEST_ENTERPRISE = 0xffff_ffffL;
  private static final long LEAST_MAX_RT = 60;
  private static final long MOST_MAX_RT = 86_400;
  private static final long IRT_MINIMUM = 600;
  private static final long V6ONLY_MINIMUM = 300;

  /**
   * An option with its octets.
   *
   * @param place where it is
   * @param definition what it is, if that is known
   * @param value its value, without options of an encapsulated space
   * @param guard who gets it
   */
  record Value(
      Place place,
      OptionSpace space,
      int code,
      Optional<OptionDefinition> definition,
      Bytes value,
      boolean alwaysSend,
      boolean neverSend,
      ClassGuard guard) {
    /** What messages call it. */
    String title() {
      return OptionReader.title(space, code, definition);
    }
  }

  private final Fields fields;
  private final OptionDefinitions definitions;
  private final ClassNumbers classes;

  private OptionReader(Fields fields, Vocabulary words) {
    this.fields = fields;
    this.definitions = words.options();
    this.classes = words.classes();
  }

  /** The space of an option or definition. */
  static Optional<OptionSpace> space(Fields fields) {
    Dialect dialect = fields.dialect();
    String written = fields.text("space").orElse(dialect.space().name());
    String name = written.equals(dialect.cableLabs()) ? CABLELABS : written;
    if (name.equals(dialect.other().space().name())) {
      fields.error(
          "space",
          "\"%s\" is the space of %s; accepted here are \"%s\", \"vendor-N\" and spaces of option-def"
              .formatted(name, dialect.other().service(), dialect.space()));
      return Optional.empty();
    }
    if (!isSpaceName(fields, "space", name)) {
      return Optional.empty();
    }
    if (name.matches("vendor-\\d+")
        && (name.length() > 17 || Long.parseLong(name.substring(7)) > LARGEST_ENTERPRISE)) {
      fields.error(
          "space",
          "\""
              + name
              + "\" is not the space of a vendor; enterprise numbers end at "
              + LARGEST_ENTERPRISE);
      return Optional.empty();
    }
    return Optional.of(dialect.space(name));
  }

  /** The space whose options follow the fields of an option. */
  static Optional<OptionSpace> encapsulated(Fields fields) {
    return fields
        .text("encapsulate")
        .filter(name -> isSpaceName(fields, "encapsulate", name))
        .map(fields.dialect()::space);
  }

  private static boolean isSpaceName(Fields fields, String key, String name) {
    boolean is = name.matches("[A-Za-z0-9][-_.A-Za-z0-9]*");
    if (!is) {
      fields.error(
          key,
          "\""
              + name
              + "\" is not an option space; accepted are letters, digits, hyphens and underscores");
    }
    return is;
  }

  /** The option; empty after an error, or if it is not sent at all. */
  static Optional<Value> read(Fields fields, Vocabulary words) {
    return space(fields).flatMap(space -> new OptionReader(fields, words).read(space));
  }

  private Optional<Value> read(OptionSpace space) {
    Optional<String> name = fields.text("name");
    OptionalLong code = code(fields, space);
    boolean always = fields.flag("always-send").orElse(false);
    boolean never = fields.flag("never-send").orElse(false);
    if (code.isEmpty() && fields.has("code")) {
      return Optional.empty();
    }
    Optional<OptionDefinition> definition =
        code.isPresent()
            ? definitions.byCode(space, (int) code.getAsLong())
            : name.flatMap(n -> definitions.byName(space, n));
    if (!isNamedRightly(space, name, code, definition)) {
      return Optional.empty();
    }
    int number = (int) code.orElseGet(() -> definition.orElseThrow().code());
    if (!ServerOptions.checkForPlan(fields, space, number, title(space, number, definition))) {
      return Optional.empty();
    }
    boolean fieldsByDefault =
        name.isPresent()
            || !KeaOptions.isUnknown(space, number)
            || definitions.isOwn(space, number);
    boolean csv = fields.flag("csv-format").orElse(definition.isPresent() && fieldsByDefault);
    Optional<Bytes> value =
        never ? Optional.of(Bytes.EMPTY) : value(space, number, definition, csv);
    // What is sent to nobody is not sent to members of a class either, as in Kea.
    ClassGuard guard = ClassTermsReader.guard(fields, classes, "it is not sent");
    ClassGuard counts = never ? ClassGuard.EVERYBODY : guard;
    return value.map(
        octets ->
            new Value(fields.place(), space, number, definition, octets, always, never, counts));
  }

  /**
   * The most octets of a value: options of a DHCPv4 message are split into pieces (RFC 3396), those
   * inside another option are not.
   */
  static int longest(OptionSpace space) {
    return space.equals(OptionSpace.DHCP4)
        ? Option.MAX_VALUE_LENGTH
        : space.framing().maxValueLength();
  }

  /** A code that an option of a space can have; in DHCPv4 255 ends a message (RFC 2132). */
  static OptionalLong code(Fields fields, OptionSpace space) {
    int reserved = space.equals(OptionSpace.DHCP4) ? 1 : 0;
    return fields.whole("code", 1, space.framing().maxCode() - reserved);
  }

  private static String title(OptionSpace space, int code, Optional<OptionDefinition> definition) {
    return definition.map(OptionDefinition::toString).orElse(space + "." + code);
  }

  private boolean isNamedRightly(
      OptionSpace space,
      Optional<String> name,
      OptionalLong code,
      Optional<OptionDefinition> definition) {
    if (name.isEmpty() && code.isEmpty()) {
      fields.findings().error(fields.place(), "an option needs \"name\" or \"code\"");
      return false;
    }
    if (definition.isEmpty() && code.isEmpty()) {
      Set<String> names = definitions.names(space);
      String remedy =
          names.isEmpty()
              ? "; that space has none: define it with option-def, or give \"code\" and hexadecimal \"data\""
              : NearestWord.hint(name.get(), names);
      fields.error(
          "name",
          "\"" + name.get() + "\" is not an option of the space \"" + space + "\"" + remedy);
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
      OptionSpace space, int code, Optional<OptionDefinition> definition, boolean csv) {
    String title = title(space, code, definition);
    String data = fields.rawText("data").orElse("");
    if (definition.isEmpty() && csv) {
      fields.error(
          "csv-format",
          title
              + " has no definition, so its fields are unknown; add an option-def, or give hexadecimal data");
      return Optional.empty();
    }
    try {
      if (definition.isEmpty()) {
        return Optional.of(octets(space, data, true));
      }
      OptionFormat format = KeaOptions.format(space, code).orElse(definition.get().format());
      Bytes octets = csv ? notTooLong(space, format.encodeText(data)) : octets(space, data, false);
      check(definition.get(), octets, csv);
      return Optional.of(withinBounds(space, code, title, octets));
    } catch (IllegalArgumentException e) {
      String shown = data.length() > 60 ? data.substring(0, 60) + "…" : data;
      String hint =
          csv || definition.isEmpty()
              ? ""
              : "; \"csv-format\": true reads fields instead of octets";
      fields.error(
          "data",
          title + (fields.has("data") ? " \"" + shown + "\"" : "") + ": " + e.getMessage() + hint);
      return Optional.empty();
    }
  }

  /** The value, if the protocol allows it; a client that gets another one does not heed it. */
  private Bytes withinBounds(OptionSpace space, int code, String title, Bytes value) {
    if (space.equals(OptionSpace.DHCP4) && code == Dhcp4OptionCode.V6ONLY) {
      checkWait(title, value.u32(0));
    }
    if (!space.equals(OptionSpace.DHCP6) || value.length() != Integer.BYTES) {
      return value;
    }
    long seconds = value.u32(0);
    // RFC 8415 sections 21.24 and 21.25.
    if ((code == Dhcp6OptionCode.SOL_MAX_RT || code == Dhcp6OptionCode.INF_MAX_RT)
        && (seconds < LEAST_MAX_RT || seconds > MOST_MAX_RT)) {
      throw new IllegalArgumentException(
          "accepted are " + LEAST_MAX_RT + " to " + MOST_MAX_RT + " seconds (RFC 8415 21.24)");
    }
    // RFC 8415 section 21.23: a client takes a shorter time for this one.
    if (code == Dhcp6OptionCode.INFORMATION_REFRESH_TIME && seconds < IRT_MINIMUM) {
      fields
          .findings()
          .warn(
              fields.place("data"),
              title + " is " + seconds + "; the least is " + IRT_MINIMUM + ", which is sent");
      return new ByteWriter(Integer.BYTES).u32(IRT_MINIMUM).toBytes();
    }
    return value;
  }

  /** RFC 8925 section 3.4: a client takes a shorter time for this one; 0 says so. */
  private void checkWait(String title, long seconds) {
    if (seconds > 0 && seconds < V6ONLY_MINIMUM) {
      fields
          .findings()
          .warn(
              fields.place("data"),
              title + " is " + seconds + "; clients wait " + V6ONLY_MINIMUM + " seconds at least");
    }
  }

  private static Bytes octets(OptionSpace space, String data, boolean required) {
    if (data.isBlank() && required) {
      throw new IllegalArgumentException(
          "no data; an option without a value needs an option-def of the type \"empty\"");
    }
    return notTooLong(space, data.isBlank() ? Bytes.EMPTY : OptionText.octets(data));
  }

  private static Bytes notTooLong(OptionSpace space, Bytes octets) {
    if (octets.length() > longest(space)) {
      throw new IllegalArgumentException(
          octets.length() + " octets are too many for an option (" + longest(space) + ")");
    }
    return octets;
  }

  /** Refuses octets that a client could not read. */
  private static void check(OptionDefinition definition, Bytes octets, boolean csv) {
    boolean ofVendors =
        definition.space().equals(OptionSpace.DHCP4) && definition.code() == Dhcp4OptionCode.VIVSO;
    try {
      if (ofVendors && !csv && octets.length() > Integer.BYTES) {
        Dhcp4Options.VIVSO.decode(octets);
      } else if (definition.encapsulates().isPresent()) {
        definition.format().decodeFields(new ByteReader(octets));
      } else {
        definition.format().check(octets);
      }
    } catch (MalformedPacketException e) {
      // Octets of a text in another character set than ours are what the plan wants.
      if (!csv && e.reason() == MalformedReason.TEXT) {
        return;
      }
      throw new IllegalArgumentException(
          e.getMessage() + "; the format is " + definition.format(), e);
    }
  }
}
