// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.lease.Batch;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.text.LeaseLine;
import io.leasehold.net.Family;
import io.leasehold.server.PlanDifference;
import io.leasehold.server.PlanEdit;
import io.leasehold.server.PlanPatch;
import io.leasehold.server.PlanVersion;
import io.leasehold.server.lane.Limits;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.protocol.Patience;
import io.leasehold.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Changes of the plan of a server with leases. */
@Timeout(60)
class PlanLifeTest {
  private static final Engine.Size SIZE = new Engine.Size(2, 16, Limits.NONE);

  /** Of which the plan has never known anything. */
  private static final LeaseChange STRAY =
      LeaseChange.put(
          LeaseLine.lease(
              "lease 2001:db9::1 na state=active subnet=9 client=duid:0004 iaid=1 since=5 expires=never"));

  @TempDir Path directory;

  private final BareSurroundings around = new BareSurroundings();
  private final Counters counters = new Counters();
  private Path document;
  private ServerControl control;
  private PlanLife life;

  private static String plan(String pool) {
    return """
        { "Dhcp6": { "subnet6": [ { // the only one
          "id": 1, "subnet": "2001:db8::/64", "interface": "eth0",
          "pools": [ { "pool": "2001:db8::/%s" } ],
          "reservations": [ { "duid": "01:02", "ip-addresses": [ "2001:db8::ffff" ] } ] } ] } }
        """
        .formatted(pool);
  }

  @BeforeEach
  void start() throws IOException {
    Path plans = Files.createDirectories(directory.resolve("plan.d"));
    document = plans.resolve("plan.json");
    Files.writeString(document, plan("120"));
    around
        .store
        .append(new Batch(List.of(lease("1"), lease("f1"), lease("ffff"), STRAY), List.of()))
        .toCompletableFuture()
        .join();
    PlanFiles files = new PlanFiles(plans, directory, () -> List.of("iterative"));
    Engine engine =
        new Engine(
            SIZE,
            counters,
            InstantSource.system(),
            changes -> {},
            new Prober(() -> null, counters));
    ServerSettings settings =
        new ServerSettings(
            plans,
            directory,
            List.of(),
            547,
            67,
            SIZE,
            HopSettings.NONE,
            Privacy.NONE,
            Patience.USUAL,
            InstantSource.system());
    control = new ServerControl(settings, around, files, counters, engine);
    life = new PlanLife(control, around, engine, InstantSource.system());
    Await.until(
        Duration.ofSeconds(20),
        () ->
            control.plan() != null
                && control.obstacles().stream()
                    .noneMatch(line -> line.contains("loaded") || line.contains("read yet")));
  }

  @AfterEach
  void stop() {
    control.close();
  }

  private static LeaseChange lease(String end) {
    return LeaseChange.put(
        LeaseLine.lease(
            "lease 2001:db8::%s na state=active subnet=1 client=duid:0003 iaid=1 since=5 expires=never"
                .formatted(end)));
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private void write(String text) throws IOException {
    Files.writeString(document, text);
  }

  private List<String> history() throws IOException {
    return life.history().stream()
        .map(version -> version.number() + " " + version.inForce() + " " + version.remark())
        .toList();
  }

  @Test
  void theDifferenceCountsLeasesThatLoseTheirPlace() throws IOException {
    assertThat(done(life.difference()).changes()).isEmpty();
    write(plan("124"));

    PlanDifference difference = done(life.difference());

    assertThat(difference.changes()).hasSize(2);
    assertThat(difference.orphans()).isEqualTo(1);
    assertThat(difference.examples().get(0).key().toString()).isEqualTo("2001:db8::f1");
    assertThat(control.plan().digest()).isNotEqualTo(difference.digest());
  }

  @Test
  void whatIsAppliedIsWhatWasLookedAt() throws IOException {
    write(plan("124"));
    String digest = done(life.difference()).digest();
    write(plan("123"));
    assertThatThrownBy(() -> done(life.apply(digest, "x")))
        .hasMessageContaining("have changed meanwhile");
    write(plan("124"));

    assertThat(done(life.apply(digest, "smaller")).accepted()).isTrue();

    assertThat(control.plan().digest()).isEqualTo(digest);
    assertThat(history()).containsExactly("2 true smaller", "1 false the server started");
  }

  @Test
  void aRollbackPutsTheDocumentsBackAndKeepsWhatWasThere() throws IOException {
    String first = control.plan().digest();
    write(plan("124"));
    done(life.apply(done(life.difference()).digest(), "smaller"));
    write("{ unfinished");

    assertThat(done(life.difference(1)).orphans()).isZero();
    done(life.rollback(1, "back"));

    assertThat(document).hasContent(plan("120"));
    assertThat(control.plan().digest()).isEqualTo(first);
    assertThat(history())
        .containsExactly(
            "4 true back",
            "3 false what was in the directory before going back to 1",
            "2 false smaller",
            "1 false the server started");
    assertThatThrownBy(() -> done(life.rollback(3, "back")))
        .hasMessageContaining("plan 3 would be refused");
    assertThat(document).hasContent(plan("120"));
    assertThat(control.alarms()).isEmpty();
  }

  private CompletionStage<PlanPatch> edit(PlanEdit.Mode mode, String lifetime) {
    return life.edit(
        new PlanEdit(
            Family.IPV6,
            PlanEdit.Action.ADD_SUBNET,
            PlanEdit.Level.GLOBAL,
            "",
            Map.of("subnet", lifetime)),
        mode,
        "edit");
  }

  @Test
  void anEditChangesTheDocumentAndThePlanAtOnce() throws IOException {
    PlanPatch tried = done(edit(PlanEdit.Mode.TRY, "2001:db8:1::/64"));
    assertThat(tried.applied()).isFalse();
    assertThat(tried.lines()).contains("+", "{ \"subnet\": \"2001:db8:1::/64\" }");
    assertThat(document).hasContent(plan("120"));

    PlanPatch done = done(edit(PlanEdit.Mode.CAREFUL, "2001:db8:1::/64"));

    assertThat(done.applied()).isTrue();
    assertThat(control.plan().v6().links()).hasSize(2);
    assertThat(Files.readString(document))
        .contains("// the only one")
        .contains(", { \"subnet\": \"2001:db8:1::/64\" } ]");
    assertThat(life.history()).extracting(PlanVersion::remark).startsWith("edit");
  }

  @Test
  void anEditThatWouldBeRefusedOrOrphansLeasesChangesNothing() throws IOException {
    PlanPatch refused = done(edit(PlanEdit.Mode.FORCED, "nonsense"));
    assertThat(refused.applied()).isFalse();
    assertThat(refused.difference().report().accepted()).isFalse();

    PlanEdit removal =
        new PlanEdit(
            Family.IPV6,
            PlanEdit.Action.REMOVE_SUBNET,
            PlanEdit.Level.SUBNET,
            "2001:db8::/64",
            Map.of());
    PlanPatch orphaning = done(life.edit(removal, PlanEdit.Mode.CAREFUL, "edit"));
    assertThat(orphaning.applied()).isFalse();
    assertThat(orphaning.difference().orphans()).isEqualTo(3);

    write(plan("124"));
    assertThatThrownBy(() -> done(edit(PlanEdit.Mode.FORCED, "2001:db8:1::/64")))
        .hasMessageContaining("are not those in force");
    assertThat(document).hasContent(plan("124"));

    write(plan("120"));
    assertThat(done(life.edit(removal, PlanEdit.Mode.FORCED, "edit")).applied()).isTrue();
    assertThat(control.plan().v6().links()).isEmpty();
  }

  @Test
  void anEditOfDocumentsThatChangeMeanwhileChangesNothing() throws Exception {
    CountDownLatch changed = new CountDownLatch(1);
    control.reload(
        definitions -> {
          uninterrupted(changed);
          throw new IllegalStateException("only to keep the control thread");
        },
        "");
    CompletionStage<PlanPatch> edit = edit(PlanEdit.Mode.FORCED, "2001:db8:1::/64");
    write(plan("124"));
    changed.countDown();

    assertThatThrownBy(() -> done(edit)).hasMessageContaining("have changed meanwhile");
    assertThat(document).hasContent(plan("124"));
    assertThat(control.plan().v6().links()).hasSize(1);
  }

  private static void uninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
