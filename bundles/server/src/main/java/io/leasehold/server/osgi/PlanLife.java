// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.server.PlanChange;
import io.leasehold.server.PlanDifference;
import io.leasehold.server.PlanEdit;
import io.leasehold.server.PlanLifecycle;
import io.leasehold.server.PlanPatch;
import io.leasehold.server.PlanReport;
import io.leasehold.server.PlanVersion;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.plan.json.PlanDiff;
import io.leasehold.server.plan.json.PlanEditor;
import io.leasehold.server.plan.json.PlanTree;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The plan's changes as a service. Any thread. */
final class PlanLife implements PlanLifecycle {
  private final ServerControl control;
  private final PlanFiles files;
  private final Surroundings surroundings;
  private final Engine engine;
  private final InstantSource clock;

  PlanLife(ServerControl control, Surroundings surroundings, Engine engine, InstantSource clock) {
    this.clock = clock;
    this.control = control;
    this.files = control.files();
    this.surroundings = surroundings;
    this.engine = engine;
  }

  @Override
  public CompletionStage<PlanDifference> difference() {
    return difference(files.readChanges(surroundings.definitions()));
  }

  @Override
  public CompletionStage<PlanDifference> difference(long number) {
    try {
      return difference(files.readKept(number, surroundings.definitions()));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<PlanDifference> difference(PlanFiles.Reading reading) {
    if (reading.plan().isEmpty()) {
      return CompletableFuture.completedFuture(
          new PlanDifference(reading.report(), "", List.of(), 0, List.of()));
    }
    ServerPlan next = reading.plan().get();
    List<PlanChange> changes = PlanDiff.between(tree(files.inForce()), tree(reading.texts()));
    ServerPlan served = control.plan();
    CompletableFuture<Orphans> orphans =
        served == null || engine.regime() == null
            ? CompletableFuture.completedFuture(new Orphans(0, List.of()))
            : Orphans.find(engine, served, next);
    return orphans.thenApply(
        found ->
            new PlanDifference(
                reading.report(), next.digest(), changes, found.count(), found.examples()));
  }

  private static PlanTree tree(PlanTexts texts) {
    return PlanTree.read(texts.documents(), texts.replaying());
  }

  @Override
  public CompletionStage<PlanReport> apply(String digest, String remark) {
    return control.reload(
        definitions -> {
          PlanFiles.Reading reading = files.readChanges(definitions);
          if (!reading.digest().equals(digest)) {
            throw new IllegalStateException(
                "the documents have changed meanwhile; nothing is done, look at them again");
          }
          return reading;
        },
        remark);
  }

  @Override
  public List<PlanVersion> history() throws IOException {
    ServerPlan served = control.plan();
    List<PlanVersion> versions = files.archive().versions();
    long current =
        versions.stream()
            .filter(version -> served != null && version.digest().equals(served.digest()))
            .mapToLong(PlanVersion::number)
            .max()
            .orElse(0);
    return versions.stream().map(v -> v.number() == current ? inForce(v) : v).toList();
  }

  private static PlanVersion inForce(PlanVersion version) {
    return new PlanVersion(
        version.number(),
        version.time(),
        version.digest(),
        version.summary(),
        version.remark(),
        true);
  }

  @Override
  public CompletionStage<PlanReport> rollback(long number, String remark) {
    return control.reload(
        definitions -> {
          PlanFiles.Reading kept = files.readKept(number, definitions);
          requireAccepted(kept, "plan " + number);
          keepWhatIsThere(files.read(definitions), number);
          return installed(kept);
        },
        remark);
  }

  /** Documents that are in force are kept already; others may be an operator's work of days. */
  private void keepWhatIsThere(PlanFiles.Reading there, long number) {
    if (there.texts().files().isEmpty() || there.texts().files().equals(files.inForce().files())) {
      return;
    }
    try {
      files.keep(
          there, clock.instant(), "what was in the directory before going back to " + number);
    } catch (IOException e) {
      throw new IllegalStateException(
          "the present documents cannot be kept, so nothing is done: " + e.getMessage(), e);
    }
  }

  private PlanFiles.Reading installed(PlanFiles.Reading reading) {
    try {
      files.install(reading.texts());
      return reading;
    } catch (IOException e) {
      throw new IllegalStateException("the documents cannot be written: " + e, e);
    }
  }

  private static void requireAccepted(PlanFiles.Reading reading, String what) {
    if (reading.plan().isEmpty()) {
      PlanReport.Finding first = reading.report().findings().get(0);
      throw new IllegalStateException(what + " would be refused: " + first);
    }
  }

  @Override
  public CompletionStage<PlanPatch> edit(PlanEdit edit, PlanEdit.Mode mode, String remark) {
    try {
      PlanFiles.Reading there = files.readChanges(surroundings.definitions());
      requireInForce(there);
      PlanEditor.Edited edited = PlanEditor.edit(edit, tree(there.texts()), there.texts().files());
      PlanFiles.Reading next =
          files.read(there.texts().with(edited.name(), edited.text()), surroundings.definitions());
      String lines = LineDiff.of(there.texts().files().get(edited.name()), edited.text());
      return difference(next)
          .thenCompose(
              found ->
                  mayApply(found, mode)
                      ? install(there, next, remark)
                          .thenApply(done -> new PlanPatch(edited.name(), lines, found, true))
                      : CompletableFuture.completedFuture(
                          new PlanPatch(edited.name(), lines, found, false)));
    } catch (IllegalStateException | IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static boolean mayApply(PlanDifference found, PlanEdit.Mode mode) {
    return found.report().accepted()
        && (mode == PlanEdit.Mode.FORCED || mode == PlanEdit.Mode.CAREFUL && found.orphans() == 0);
  }

  private void requireInForce(PlanFiles.Reading there) {
    ServerPlan served = control.plan();
    requireAccepted(there, "the plan on disk");
    if (served == null || !there.digest().equals(served.digest())) {
      throw new IllegalStateException(
          "the documents on disk are not those in force; dhcp:plan-diff shows how they differ,"
              + " dhcp:plan-apply uses them, dhcp:plan-rollback leaves them");
    }
  }

  private CompletableFuture<PlanReport> install(
      PlanFiles.Reading there, PlanFiles.Reading next, String remark) {
    return control.reload(
        definitions -> {
          if (!files.readChanges(definitions).texts().files().equals(there.texts().files())) {
            throw new IllegalStateException(
                "the documents have changed meanwhile; nothing is done, look at them again");
          }
          return installed(next);
        },
        remark);
  }
}
