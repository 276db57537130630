// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.net.Family;
import io.leasehold.net.Prefix;
import io.leasehold.server.PlanReport;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.FamilySettings;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.Reservations;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.plan.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
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
    Findings findings = new Findings();
    Optional<JsonObject> merged = read(documents, findings);
    OptionCatalogue.Extended base = standard.with(extra);
    Place nowhere = new Place(documents.isEmpty() ? "plan" : documents.get(0).name(), 1, 1);
    base.conflicts()
        .forEach(conflict -> findings.warn(nowhere, "of an option bundle: " + conflict));
    if (merged.isEmpty() && !findings.hasErrors()) {
      findings.warn(nowhere, "the plan is empty: nobody is served");
    }
    JsonObject whole = merged.orElseGet(() -> new JsonObject(nowhere, Map.of()));
    ServerPlan plan = compile(whole, base.catalogue(), extra, findings);
    if (findings.hasErrors()) {
      return new PlanCompilation(Optional.empty(), new PlanReport(false, findings.all(), ""));
    }
    return new PlanCompilation(
        Optional.of(plan), new PlanReport(true, findings.all(), summary(plan)));
  }

  private Optional<JsonObject> read(List<Document> documents, Findings findings) {
    JsonReader reader = new JsonReader(findings, includes, limits);
    List<JsonValue> values = new ArrayList<>();
    documents.forEach(document -> reader.read(document).ifPresent(values::add));
    DocumentMerge merge = new DocumentMerge(findings);
    values.forEach(merge::add);
    return merge.result();
  }

  private ServerPlan compile(
      JsonObject whole,
      OptionCatalogue base,
      Collection<OptionDefinition> extra,
      Findings findings) {
    Fields globals = new Fields(whole, ObjectKind.GLOBAL, findings);
    OptionDefinitions definitions = new OptionDefinitions(base, findings);
    definitions.read(globals.objects("option-def", ObjectKind.OPTION_DEF));
    FamilySettings settings = SettingsReader.read(globals, definitions);
    Claims claims = new Claims(findings);
    Reservations global = new ReservationReader(definitions, claims).read(globals, Prefix.ALL);
    SubnetReader subnets = new SubnetReader(definitions, claims, allocators);
    Level level = new Level(globals, null);
    LifetimeReader.read(level);
    subnets.checkAllocators(level);
    OptionSet options = OptionValues.read(globals, definitions);
    List<Link> links = new NetworkReader(definitions, claims, subnets).read(level, options);
    claims.check();
    FamilyPlan v6 = new FamilyPlan(Family.IPV6, true, settings, links, options, global);
    return new ServerPlan(
        PlanDigest.of(whole, extra), v6, FamilyPlan.none(Family.IPV4), definitions.catalogue());
  }

  private static String summary(ServerPlan plan) {
    long shared = plan.links().stream().filter(Link::shared).count();
    long subnets = plan.links().stream().mapToLong(link -> link.subnets().size()).sum();
    long pools =
        plan.links().stream()
            .flatMap(l -> l.subnets().stream())
            .mapToLong(s -> s.pools().size())
            .sum();
    long prefixPools =
        plan.links().stream()
            .flatMap(l -> l.subnets().stream())
            .mapToLong(s -> s.prefixPools().size())
            .sum();
    long reservations =
        plan.v6().globalReservations().all().size()
            + plan.links().stream()
                .flatMap(l -> l.subnets().stream())
                .mapToLong(s -> s.reservations().all().size())
                .sum();
    return String.join(
        ", ",
        counted(shared, "shared network"),
        counted(subnets, "subnet"),
        counted(pools, "pool"),
        counted(prefixPools, "pd-pool"),
        counted(reservations, "reservation"));
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
