// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionFormat;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.server.expression.OptionNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * The option definitions that a plan can use: the standard ones, those of option bundles, and its
 * own.
 */
final class OptionDefinitions implements OptionNames {
  private static final List<String> TYPES =
      List.of(
          "empty",
          "binary",
          "boolean",
          "int8",
          "int16",
          "int32",
          "uint8",
          "uint16",
          "uint32",
          "ipv4-address",
          "ipv6-address",
          "ipv6-prefix",
          "psid",
          "string",
          "tuple",
          "fqdn",
          "record");

  /** How many options may be within one another. */
  static final int DEEPEST = 16;

  private record Placed(Place place, OptionDefinition definition) {}

  /**
   * RFC 3942, RFC 2132 section 8.4: what is understood in different ways, by first and last code.
   */
  private static final int[][] PRIVATE = {{43, 43}, {224, 254}};

  private final Findings findings;
  private final OptionCatalogue standard;
  private final OptionDefinitions outerOrNull;
  private final List<Placed> own = new ArrayList<>();
  private final Map<OptionSpace, Map<String, OptionDefinition>> ownByName = new HashMap<>();
  private final Map<OptionSpace, Map<Integer, OptionDefinition>> ownByCode = new HashMap<>();

  OptionDefinitions(OptionCatalogue standard, Findings findings) {
    this.standard = standard;
    this.findings = findings;
    this.outerOrNull = null;
  }

  private OptionDefinitions(OptionDefinitions outer) {
    this.standard = outer.standard;
    this.findings = outer.findings;
    this.outerOrNull = outer;
  }

  /** These, and before them what a class of DHCPv4 clients understands by some codes. */
  OptionDefinitions within(List<Fields> definitions) {
    OptionDefinitions inner = new OptionDefinitions(this);
    inner.read(definitions);
    return inner;
  }

  /** Reads the definitions of the plan. */
  void read(List<Fields> definitions) {
    definitions.forEach(this::readOne);
    Set<OptionSpace> done = new HashSet<>();
    own.forEach(placed -> checkNesting(placed.definition(), new HashSet<>(), done));
  }

  private void readOne(Fields fields) {
    Optional<String> name = fields.requiredText("name");
    Optional<OptionSpace> space = OptionReader.space(fields);
    OptionalLong code = code(fields, space);
    Optional<OptionSpace> encapsulates = OptionReader.encapsulated(fields);
    boolean array = fields.flag("array").orElse(false);
    Optional<OptionFormat> format = format(fields, array);
    if (array && encapsulates.isPresent()) {
      fields.error(
          "encapsulate",
          "an option that is an array cannot have options after it: nothing tells where it ends");
    }
    if (name.isPresent() && !name.get().matches("[A-Za-z0-9][-_.A-Za-z0-9]*")) {
      fields.error(
          "name",
          "\""
              + name.get()
              + "\" is not an option name; accepted are letters, digits, hyphens and underscores");
    } else if (name.isPresent() && code.isPresent() && format.isPresent() && space.isPresent()) {
      add(
          fields,
          new OptionDefinition(
              space.get(), (int) code.getAsLong(), name.get(), format.get(), encapsulates));
    }
  }

  private static OptionalLong code(Fields fields, Optional<OptionSpace> space) {
    if (!fields.has("code")) {
      return fields.requiredWhole("code", 1, 1);
    }
    return OptionReader.code(fields, space.orElse(fields.dialect().space()));
  }

  private Optional<OptionFormat> format(Fields fields, boolean array) {
    Optional<String> type =
        fields.has("type") ? fields.word("type", TYPES) : fields.requiredText("type");
    Optional<String> fieldTypes = fields.text("record-types");
    if (type.isEmpty()) {
      return Optional.empty();
    }
    boolean record = type.get().equals("record");
    if (record != fieldTypes.isPresent()) {
      fields.error(
          record ? "type" : "record-types",
          record
              ? "a record needs \"record-types\""
              : "\"record-types\" is for the type \"record\", not \"" + type.get() + "\"");
      return Optional.empty();
    }
    String row = record ? fieldTypes.get() : type.get();
    String text = row + (array ? "[]" : "");
    try {
      return Optional.of(OptionFormat.parse(record ? "record(" + text + ")" : text));
    } catch (IllegalArgumentException e) {
      fields.error(
          record ? "record-types" : "type",
          e.getMessage() + "; types are " + String.join(", ", TYPES));
      return Optional.empty();
    }
  }

  private void add(Fields fields, OptionDefinition definition) {
    OptionSpace space = definition.space();
    Map<Integer, OptionDefinition> codes = ownByCode.computeIfAbsent(space, s -> new HashMap<>());
    Map<String, OptionDefinition> names = ownByName.computeIfAbsent(space, s -> new HashMap<>());
    if (outerOrNull != null && !isPrivate(definition)) {
      fields.error(
          "code",
          definition
              + " cannot have another meaning for a class; accepted are the codes 43 and 224 to 254 of dhcp4");
    } else if (codes.containsKey(definition.code())) {
      fields.error(
          "code", definition + ": the plan already defines " + codes.get(definition.code()));
    } else if (names.containsKey(definition.name())) {
      fields.error(
          "name", definition + ": the plan already defines " + names.get(definition.name()));
    } else {
      Optional<OptionDefinition> known = standard.byCode(space, definition.code());
      if (known.isPresent()
          && outerOrNull == null
          && !sameOctets(known.get(), definition)
          && !isFresh(standard, definition)) {
        redefines(fields, definition, known.get());
      }
      codes.put(definition.code(), definition);
      names.put(definition.name(), definition);
      own.add(new Placed(fields.place(), definition));
    }
  }

  private static boolean isPrivate(OptionDefinition definition) {
    return definition.space().equals(OptionSpace.DHCP4)
        && Arrays.stream(PRIVATE)
            .anyMatch(codes -> codes[0] <= definition.code() && definition.code() <= codes[1]);
  }

  private void redefines(Fields fields, OptionDefinition definition, OptionDefinition known) {
    String text =
        "%s has the format %s here; elsewhere it is %s with the format %s"
            .formatted(definition, definition.format(), known, known.format());
    if (ServerOptions.isWritten(definition.space(), definition.code())) {
      fields.error("code", text + ", which the server itself writes");
    } else {
      findings.warn(fields.place("code"), text + "; values in this plan are read as defined here");
    }
  }

  private static boolean sameOctets(OptionDefinition one, OptionDefinition other) {
    return one.format().equals(other.format()) && one.encapsulates().equals(other.encapsulates());
  }

  private void checkNesting(
      OptionDefinition definition, Set<OptionSpace> around, Set<OptionSpace> done) {
    Optional<OptionSpace> space = definition.encapsulates();
    if (space.isEmpty() || done.contains(space.get())) {
      return;
    }
    if (!around.add(space.get())) {
      findings.error(
          placeOf(definition),
          definition + " encapsulates itself through the space \"" + space.get() + "\"");
      return;
    }
    if (around.size() > DEEPEST) {
      findings.error(
          placeOf(definition),
          definition
              + " is the "
              + around.size()
              + "th option within options; accepted are "
              + DEEPEST);
      return;
    }
    for (OptionDefinition next : ownByCode.getOrDefault(space.get(), Map.of()).values()) {
      checkNesting(next, around, done);
    }
    around.remove(space.get());
    done.add(space.get());
  }

  /** Whether a code has its definition from the plan. */
  boolean isOwn(OptionSpace space, int code) {
    return ownByCode.getOrDefault(space, Map.of()).containsKey(code)
        || outerOrNull != null && outerOrNull.isOwn(space, code);
  }

  /** The definition of a code; the plan's own first. */
  @Override
  public Optional<OptionDefinition> byCode(OptionSpace space, int code) {
    OptionDefinition mine = ownByCode.getOrDefault(space, Map.of()).get(code);
    if (mine != null) {
      return Optional.of(mine);
    }
    return outerOrNull != null ? outerOrNull.byCode(space, code) : standard.byCode(space, code);
  }

  /** The definition of a name; the plan's own first. */
  @Override
  public Optional<OptionDefinition> byName(OptionSpace space, String name) {
    OptionDefinition mine = ownByName.getOrDefault(space, Map.of()).get(name);
    if (mine != null) {
      return Optional.of(mine);
    }
    return outerOrNull != null ? outerOrNull.byName(space, name) : standard.byName(space, name);
  }

  @Override
  public String hint(OptionSpace space, String name) {
    return NearestWord.hint(name, names(space));
  }

  /** All names of a space, for guessing. */
  Set<String> names(OptionSpace space) {
    Set<String> names = new TreeSet<>(ownByName.getOrDefault(space, Map.of()).keySet());
    if (outerOrNull == null) {
      standard.definitions(space).forEach(definition -> names.add(definition.name()));
    } else {
      names.addAll(outerOrNull.names(space));
    }
    return names;
  }

  /**
   * The catalogue that the server uses: another one and, where a code is new, the plan's
   * definitions.
   */
  OptionCatalogue addedTo(OptionCatalogue catalogue) {
    Collection<OptionDefinition> fresh =
        own.stream()
            .map(Placed::definition)
            .filter(d -> standard.byCode(d.space(), d.code()).isEmpty() || isFresh(standard, d))
            .toList();
    OptionCatalogue.Extended extended = catalogue.with(fresh);
    extended
        .conflicts()
        .forEach(conflict -> findings.warn(placeOf(conflict.refused()), conflict.toString()));
    return extended.catalogue();
  }

  /** Whether nothing in a catalogue is in the way, or only what gives way to plans. */
  private static boolean isFresh(OptionCatalogue catalogue, OptionDefinition definition) {
    return catalogue.with(List.of(definition)).conflicts().isEmpty();
  }

  private Place placeOf(OptionDefinition definition) {
    return own.stream()
        .filter(p -> p.definition().equals(definition))
        .findFirst()
        .orElseThrow()
        .place();
  }
}
