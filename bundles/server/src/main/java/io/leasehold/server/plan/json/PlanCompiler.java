// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.net.Family;
import io.leasehold.server.PlanReport;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.plan.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compiles plan documents, all or nothing. Deterministic: equal documents give equal plans.
 * Immutable, for any thread; reads no file itself and never throws for what a document says.
 */
public final class PlanCompiler {
  /** Words of the allocation policies that are always there. */
  public static final List<String> STANDARD_ALLOCATORS = List.of("iterative", "random", "flq");

  private final OptionCatalogue standard;
  private final Includes includes;
  private final List<String> allocators;
  private final JsonLimits limits;

  /** Compiles with the allocation policies that are always there. */
  public PlanCompiler(OptionCatalogue standard, Includes includes) {
    this(standard, includes, STANDARD_ALLOCATORS);
  }

  /**
   * Compiles with some allocation policies.
   *
   * @param standard the option definitions of the product
   * @param includes fetches included documents
   * @param allocators words that {@code allocator} may be
   */
  public PlanCompiler(OptionCatalogue standard, Includes includes, Collection<String> allocators) {
    this(standard, includes, allocators, JsonLimits.STANDARD);
  }

  PlanCompiler(
      OptionCatalogue standard,
      Includes includes,
      Collection<String> allocators,
      JsonLimits limits) {
    this.standard = standard;
    this.includes = includes;
    this.allocators = List.copyOf(allocators);
    this.limits = limits;
  }

  /**
   * Compiles documents into one plan. Blocks as long as the includes do.
   *
   * @param documents in the order of their lists
   * @param extra option definitions of bundles
   */
  public PlanCompilation compile(List<Document> documents, Collection<OptionDefinition> extra) {
    return compile(documents, extra, null);
  }

  /**
   * The same for a plan that follows another one, of which it uses on what stays the same.
   *
   * @param formerOrNull changes nothing of what the plan says
   */
  public PlanCompilation compile(
      List<Document> documents, Collection<OptionDefinition> extra, ServerPlan formerOrNull) {
    Findings findings = new Findings();
    Map<Dialect, JsonObject> objects = read(documents, findings);
    OptionCatalogue.Extended base = standard.with(extra);
    Place nowhere = new Place(documents.isEmpty() ? "plan" : documents.get(0).name(), 1, 1);
    base.conflicts()
        .forEach(conflict -> findings.warn(nowhere, "of an option bundle: " + conflict));
    if (objects.isEmpty()) {
      if (!findings.hasErrors()) {
        findings.warn(nowhere, "the plan is empty: nobody is served");
      }
      objects.put(Dialect.V6, new JsonObject(nowhere, Map.of()));
    }
    OptionCatalogue catalogue = base.catalogue();
    Map<Dialect, FamilyPlan> families = new EnumMap<>(Dialect.class);
    for (Map.Entry<Dialect, JsonObject> object : objects.entrySet()) {
      Fields globals = new Fields(object.getValue(), ObjectKind.GLOBAL, object.getKey(), findings);
      OptionDefinitions definitions = new OptionDefinitions(base.catalogue(), findings);
      FormerReservations former =
          formerOrNull == null
              ? FormerReservations.NONE
              : new FormerReservations(formerOrNull.of(object.getKey().family()));
      FamilyCompiler compiler = new FamilyCompiler(globals, definitions, allocators, former);
      families.put(object.getKey(), compiler.compile());
      catalogue = definitions.addedTo(catalogue);
    }
    if (findings.hasErrors()) {
      return new PlanCompilation(Optional.empty(), new PlanReport(false, findings.all(), ""));
    }
    ServerPlan plan =
        new ServerPlan(
            PlanDigest.of(objects, extra),
            families.getOrDefault(Dialect.V6, FamilyPlan.none(Family.IPV6)),
            families.getOrDefault(Dialect.V4, FamilyPlan.none(Family.IPV4)),
            catalogue);
    return new PlanCompilation(
        Optional.of(plan), new PlanReport(true, findings.all(), PlanSummary.of(families)));
  }

  private Map<Dialect, JsonObject> read(List<Document> documents, Findings findings) {
    JsonReader reader = new JsonReader(findings, includes, limits);
    List<JsonValue> values = new ArrayList<>();
    documents.forEach(document -> reader.read(document).ifPresent(values::add));
    DocumentMerge merge = new DocumentMerge(findings);
    values.forEach(merge::add);
    return merge.result();
  }
}
