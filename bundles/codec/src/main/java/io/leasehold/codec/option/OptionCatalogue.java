// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The option definitions in force, found by space and code or name. Immutable, for any thread. */
public final class OptionCatalogue {
  /** No definitions. */
  public static final OptionCatalogue EMPTY = new OptionCatalogue(Map.of());

  private final Map<OptionSpace, Rows> spaces;

  private OptionCatalogue(Map<OptionSpace, Rows> spaces) {
    this.spaces = spaces;
  }

  /**
   * The outcome of adding definitions.
   *
   * @param catalogue the catalogue with all that could be added
   * @param conflicts what was left out because its code or name was taken
   */
  public record Extended(OptionCatalogue catalogue, List<Conflict> conflicts) {
    /** Copies the list. */
    public Extended {
      conflicts = List.copyOf(conflicts);
    }
  }

  /**
   * A definition that was left out.
   *
   * @param refused the definition
   * @param present the earlier one with the same code or name in the same space
   */
  public record Conflict(OptionDefinition refused, OptionDefinition present) {
    @Override
    public String toString() {
      return refused + " is refused: " + present + " is already defined";
    }
  }

  private record Rows(
      Map<Integer, OptionDefinition> byCode,
      Map<String, OptionDefinition> byName,
      Set<OptionDefinition> yielding) {

    static Rows copyOf(Rows rows) {
      return rows == null
          ? new Rows(new HashMap<>(), new HashMap<>(), new HashSet<>())
          : new Rows(
              new HashMap<>(rows.byCode), new HashMap<>(rows.byName), new HashSet<>(rows.yielding));
    }

    /** Adds the definition unless another has its code or name; that one is returned. */
    Optional<OptionDefinition> add(OptionDefinition definition) {
      makeWay(byCode.get(definition.code()), definition);
      makeWay(byName.get(definition.name()), definition);
      OptionDefinition present = byCode.get(definition.code());
      present = present != null ? present : byName.get(definition.name());
      if (present == null) {
        byCode.put(definition.code(), definition);
        byName.put(definition.name(), definition);
      }
      return Optional.ofNullable(present).filter(other -> !other.equals(definition));
    }

    private void makeWay(OptionDefinition present, OptionDefinition coming) {
      if (present != null && !present.equals(coming) && yielding.remove(present)) {
        byCode.remove(present.code());
        byName.remove(present.name());
      }
    }
  }

  /**
   * A catalogue of the definitions.
   *
   * @throws IllegalArgumentException if two have the same code or name in one space
   */
  public static OptionCatalogue of(Collection<OptionDefinition> definitions) {
    Extended extended = EMPTY.with(definitions);
    if (!extended.conflicts().isEmpty()) {
      throw new IllegalArgumentException(extended.conflicts().get(0).toString());
    }
    return extended.catalogue();
  }

  /**
   * A catalogue with further definitions. A definition equal to a present one changes nothing; one
   * that has the code or the name of another is left out and reported.
   */
  public Extended with(Collection<OptionDefinition> definitions) {
    Map<OptionSpace, Rows> changed = new HashMap<>();
    List<Conflict> conflicts = new ArrayList<>();
    for (OptionDefinition definition : definitions) {
      Rows rows =
          changed.computeIfAbsent(definition.space(), space -> Rows.copyOf(spaces.get(space)));
      rows.add(definition).ifPresent(present -> conflicts.add(new Conflict(definition, present)));
    }
    Map<OptionSpace, Rows> all = new HashMap<>(spaces);
    all.putAll(changed);
    return new Extended(new OptionCatalogue(all), conflicts);
  }

  /**
   * A catalogue with definitions that give way: a later one with the same code or name takes the
   * place without a conflict. For what is known of vendors' options, which operators define for
   * themselves.
   *
   * @throws IllegalArgumentException if a code or a name is taken already
   */
  public OptionCatalogue withDefaults(Collection<OptionDefinition> definitions) {
    Extended extended = with(definitions);
    if (!extended.conflicts().isEmpty()) {
      throw new IllegalArgumentException(extended.conflicts().get(0).toString());
    }
    for (OptionDefinition definition : definitions) {
      // The rows of these spaces were copied just now and are not shared yet.
      extended.catalogue().spaces.get(definition.space()).yielding.add(definition);
    }
    return extended.catalogue();
  }

  /**
   * All definitions of this catalogue and the other one.
   *
   * @throws IllegalArgumentException if both know a space
   */
  public OptionCatalogue and(OptionCatalogue other) {
    Map<OptionSpace, Rows> all = new HashMap<>(spaces);
    other.spaces.forEach(
        (space, rows) -> {
          if (all.put(space, rows) != null) {
            throw new IllegalArgumentException("both define options of " + space);
          }
        });
    return new OptionCatalogue(all);
  }

  /** The definition of the code in the space. */
  public Optional<OptionDefinition> byCode(OptionSpace space, int code) {
    Rows rows = spaces.get(space);
    return rows == null ? Optional.empty() : Optional.ofNullable(rows.byCode.get(code));
  }

  /** The definition of the name in the space. */
  public Optional<OptionDefinition> byName(OptionSpace space, String name) {
    Rows rows = spaces.get(space);
    return rows == null ? Optional.empty() : Optional.ofNullable(rows.byName.get(name));
  }

  /** All definitions of the space, in no particular order. */
  public Collection<OptionDefinition> definitions(OptionSpace space) {
    Rows rows = spaces.get(space);
    return rows == null ? List.of() : List.copyOf(rows.byCode.values());
  }

  /** All definitions of all spaces, in no particular order. */
  public Collection<OptionDefinition> all() {
    return spaces.values().stream().flatMap(rows -> rows.byCode.values().stream()).toList();
  }

  /** Whether anything is defined in the space. */
  public boolean has(OptionSpace space) {
    return spaces.containsKey(space);
  }
}
