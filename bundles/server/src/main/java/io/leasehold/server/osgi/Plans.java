// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.server.PlanControl;
import io.leasehold.server.PlanReport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The plan as a service. Any thread. */
final class Plans implements PlanControl {
  private final ServerControl control;
  private final Surroundings surroundings;

  Plans(ServerControl control, Surroundings surroundings) {
    this.control = control;
    this.surroundings = surroundings;
  }

  @Override
  public PlanReport check(List<Path> documents) {
    return control.files().check(documents, surroundings.definitions());
  }

  @Override
  public CompletionStage<PlanReport> reload() {
    return control.reload(control.files()::readChanges, "dhcp:plan-reload");
  }

  @Override
  public PlanReport current() {
    PlanReport inForce = control.planInForce();
    return inForce == null ? new PlanReport(false, List.of(), "no plan is in force") : inForce;
  }

  @Override
  public OptionCatalogue catalogue() {
    return control.catalogue();
  }
}
