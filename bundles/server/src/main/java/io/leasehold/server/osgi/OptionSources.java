// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.server.DefinedOption;
import io.leasehold.server.OptionLedger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Option definitions as a service. Any thread.
 *
 * @param bundles what bundles define, in the order in which they came
 * @param inForce all that is in force with the plan
 */
record OptionSources(Supplier<List<OfBundle>> bundles, Supplier<OptionCatalogue> inForce)
    implements OptionLedger {
  private static final String STANDARD = "standard";
  private static final String PLAN = "plan";

  /** What a bundle defines. */
  record OfBundle(String bundle, List<OptionDefinition> definitions) {}

  @Override
  public List<DefinedOption> options() {
    List<DefinedOption> found = new ArrayList<>();
    Map<OptionDefinition, String> sources = new HashMap<>();
    OptionCatalogue known = StandardOptions.CATALOGUE;
    for (OptionDefinition definition : known.all()) {
      found.add(new DefinedOption(definition, STANDARD, ""));
      sources.put(definition, STANDARD);
    }
    for (OfBundle each : bundles.get()) {
      for (OptionDefinition definition : each.definitions()) {
        OptionCatalogue.Extended extended = known.with(List.of(definition));
        known = extended.catalogue();
        found.add(new DefinedOption(definition, each.bundle(), conflict(extended, sources)));
        sources.putIfAbsent(definition, each.bundle());
      }
    }
    for (OptionDefinition definition : inForce.get().all()) {
      if (!sources.containsKey(definition)) {
        found.add(new DefinedOption(definition, PLAN, ""));
      }
    }
    return found;
  }

  private static String conflict(
      OptionCatalogue.Extended extended, Map<OptionDefinition, String> sources) {
    return extended.conflicts().stream()
        .map(one -> one.present() + " of " + sources.get(one.present()))
        .findFirst()
        .orElse("");
  }

  /** Definitions that are refused, a sentence each. */
  List<String> alarms() {
    return options().stream()
        .filter(option -> !option.conflict().isEmpty())
        .map(
            option ->
                "the option %s of the bundle %s is refused: there is %s already; dhcp:option-list has both"
                    .formatted(option.definition(), option.source(), option.conflict()))
        .toList();
  }
}
