// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.net.Prefix;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.FamilySettings;
import io.leasehold.server.plan.HostIdentifier.Type;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.Reservations;
import io.leasehold.server.plan.Subnet;
import java.util.List;

/** Compiles one of the two objects of a plan. */
final class FamilyCompiler {
  private final Fields globals;
  private final OptionDefinitions definitions;
  private final List<String> allocators;
  private final FormerReservations former;

  /**
   * Reads nothing yet.
   *
   * @param globals the object
   * @param definitions takes those of the object
   * @param allocators words that {@code allocator} may be
   * @param former reservations of the plan before
   */
  FamilyCompiler(
      Fields globals,
      OptionDefinitions definitions,
      List<String> allocators,
      FormerReservations former) {
    this.former = former;
    this.globals = globals;
    this.definitions = definitions;
    this.allocators = allocators;
  }

  FamilyPlan compile() {
    definitions.read(globals.objects("option-def", ObjectKind.OPTION_DEF));
    ClassNumbers classes = new ClassNumbers(globals.findings());
    Vocabulary words = new Vocabulary(definitions, classes);
    ClassReader.read(globals, words);
    FamilySettings settings = SettingsReader.read(globals, words);
    boolean globalsFirst = globals.flag(SettingsReader.GLOBALS_FIRST).orElse(false);
    Claims claims = new Claims(globals.findings());
    ReservationReader reservations = new ReservationReader(words, claims, former);
    Reservations global = reservations.read(globals, Prefix.ALL);
    SubnetReader subnets =
        new SubnetReader(words, claims, allocators, settings.compatibility(), reservations);
    Level level = new Level(globals, null);
    LifetimeReader.read(level);
    subnets.checkAllocators(level);
    OptionSet options = OptionValues.read(globals, words);
    List<Link> links = new NetworkReader(words, claims, subnets).read(level, options);
    claims.check();
    Reach.check(globals.findings(), claims.subnetPlaces(), links, settings.interfaces());
    FailoverTerms.check(globals, global, links);
    FamilyPlan plan =
        new FamilyPlan(
            globals.dialect().family(),
            true,
            settings,
            links,
            options,
            global,
            classes.finish(globalsFirst));
    checkFlexIds(plan);
    return plan;
  }

  private void checkFlexIds(FamilyPlan plan) {
    FamilySettings settings = plan.settings();
    boolean asked = settings.reservationIdentifiers().contains(Type.FLEX_ID);
    boolean used =
        asked
            || plan.links().stream()
                .flatMap(link -> link.subnets().stream())
                .map(Subnet::reservations)
                .anyMatch(FamilyCompiler::hasFlexId)
            || hasFlexId(plan.globalReservations());
    if (used && (!asked || settings.flexId().isEmpty())) {
      globals
          .findings()
          .warn(
              globals.place("host-reservation-identifiers"),
              "\"flex-id\" is not looked up, so nobody gets what is reserved for it: that needs %s"
                  .formatted(
                      asked
                          ? "the \"identifier-expression\" of libdhcp_flex_id.so in \"hooks-libraries\""
                          : "\"flex-id\" in \"host-reservation-identifiers\""));
    }
  }

  private static boolean hasFlexId(Reservations reservations) {
    return reservations.all().stream().anyMatch(one -> one.identifier().type() == Type.FLEX_ID);
  }
}
