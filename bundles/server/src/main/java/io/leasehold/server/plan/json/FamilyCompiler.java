// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.net.Prefix;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.FamilySettings;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.Reservations;
import java.util.List;

/** Compiles one of the two objects of a plan. */
final class FamilyCompiler {
  private final Fields globals;
  private final OptionDefinitions definitions;
  private final List<String> allocators;

  /**
   * Reads nothing yet.
   *
   * @param globals the object
   * @param definitions takes those of the object
   * @param allocators words that {@code allocator} may be
   */
  FamilyCompiler(Fields globals, OptionDefinitions definitions, List<String> allocators) {
    this.globals = globals;
    this.definitions = definitions;
    this.allocators = allocators;
  }

  FamilyPlan compile() {
    definitions.read(globals.objects("option-def", ObjectKind.OPTION_DEF));
    FamilySettings settings = SettingsReader.read(globals, definitions);
    Claims claims = new Claims(globals.findings());
    Reservations global = new ReservationReader(definitions, claims).read(globals, Prefix.ALL);
    SubnetReader subnets =
        new SubnetReader(definitions, claims, allocators, settings.compatibility());
    Level level = new Level(globals, null);
    LifetimeReader.read(level);
    subnets.checkAllocators(level);
    OptionSet options = OptionValues.read(globals, definitions);
    List<Link> links = new NetworkReader(definitions, claims, subnets).read(level, options);
    claims.check();
    FailoverTerms.check(globals, global, links);
    return new FamilyPlan(globals.dialect().family(), true, settings, links, options, global);
  }
}
