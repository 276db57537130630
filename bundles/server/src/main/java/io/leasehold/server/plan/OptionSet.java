// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import io.leasehold.codec.option.OptionSpace;
import io.leasehold.server.expression.Membership;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The options of one level of the plan, at most one value list for each space and code. Immutable.
 */
public final class OptionSet {
  /** No options. */
  public static final OptionSet NONE = new OptionSet(List.of());

  private record Key(OptionSpace space, int code) {}

  private final Map<Key, List<PlanOption>> options = new LinkedHashMap<>();

  /** Whether some are not for everybody. */
  private final boolean guarded;

  /** Groups options by space and code, keeping their order. */
  public OptionSet(Collection<PlanOption> all) {
    for (PlanOption option : all) {
      options
          .computeIfAbsent(new Key(option.space(), option.code()), k -> new ArrayList<>(1))
          .add(option);
    }
    options.replaceAll((key, values) -> List.copyOf(values));
    guarded = all.stream().anyMatch(option -> !option.guard().isOpen());
  }

  /** The values of an option; empty if it is not set here. */
  public List<PlanOption> get(OptionSpace space, int code) {
    return options.getOrDefault(new Key(space, code), List.of());
  }

  /** All options, in the order of the plan. */
  public List<PlanOption> all() {
    return options.values().stream().flatMap(List::stream).toList();
  }

  /** Whether it depends on a client's classes which of them it gets. */
  public boolean isGuarded() {
    return guarded;
  }

  /**
   * What of these is for a client: of each option the first value that is for its classes, or, if
   * that is for everybody, all such values.
   */
  public OptionSet seenBy(Membership client) {
    if (!guarded) {
      return this;
    }
    List<PlanOption> seen = new ArrayList<>();
    for (List<PlanOption> values : options.values()) {
      boolean begun = false;
      for (PlanOption value : values) {
        boolean open = value.guard().isOpen();
        if (open || !begun && value.guard().admits(client)) {
          seen.add(value);
          begun = true;
        }
        if (begun && !open) {
          break;
        }
      }
    }
    return new OptionSet(seen);
  }

  /** Whether nothing is set. */
  public boolean isEmpty() {
    return options.isEmpty();
  }

  /**
   * These options, and those of {@code outer} that are not set here. What any level wants sent
   * always, or never, is sent so with the value of the innermost level, as in Kea.
   */
  public OptionSet over(OptionSet outer) {
    if (options.isEmpty()) {
      return outer;
    }
    List<PlanOption> merged = new ArrayList<>();
    options.forEach(
        (key, values) -> {
          List<PlanOption> around = outer.options.getOrDefault(key, List.of());
          boolean always = around.stream().anyMatch(PlanOption::alwaysSend);
          boolean never = around.stream().anyMatch(PlanOption::neverSend);
          values.forEach(value -> merged.add(value.alsoSent(always, never)));
          if (values.stream().noneMatch(value -> value.guard().isOpen())) {
            merged.addAll(around); // For whoever none of them is meant.
          }
        });
    outer.options.forEach(
        (key, values) -> {
          if (!options.containsKey(key)) {
            merged.addAll(values);
          }
        });
    return new OptionSet(merged);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OptionSet that && options.equals(that.options);
  }

  @Override
  public int hashCode() {
    return options.hashCode();
  }
}
