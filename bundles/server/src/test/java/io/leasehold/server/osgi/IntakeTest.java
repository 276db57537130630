// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.text.ImportReport;
import io.leasehold.lease.text.LeaseLine;
import io.leasehold.server.LeaseQuery;
import io.leasehold.server.lane.Limits;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.protocol.Patience;
import io.leasehold.testkit.Await;
import io.leasehold.testkit.StoreContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Imports into a server that serves. */
@Timeout(60)
class IntakeTest {
  private static final String PLAN =
      "{\"Dhcp6\":{\"subnet6\":[{\"id\":1,\"subnet\":\"2001:db8::/64\",\"interface\":\"eth0\","
          + "\"pools\":[{\"pool\":\"2001:db8::/64\"}]}]}}";
  private static final String BEING_IMPORTED = "leases are being imported";
  private static final Engine.Size SIZE = new Engine.Size(2, 16, Limits.NONE);

  @TempDir Path directory;

  private final HeldStore store = new HeldStore();
  private final Counters counters = new Counters();
  private final Intake intake = new Intake(() -> store, () -> this.control.changed());
  private Engine engine;
  private ServerControl control;

  /** The store as the server is to see it. */
  private final class Around extends BareSurroundings {
    @Override
    public LeaseStore store() {
      return intake.storeInUse();
    }
  }

  @BeforeEach
  void start() throws IOException {
    Path plans = Files.createDirectories(directory.resolve("plan.d"));
    Files.writeString(plans.resolve("plan.json"), PLAN);
    PlanFiles files = new PlanFiles(plans, directory, () -> List.of("iterative"));
    engine =
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
    control = new ServerControl(settings, new Around(), files, counters, engine);
    eventually(() -> !says("loaded") && !says("read yet"));
  }

  @AfterEach
  void stop() {
    control.close();
  }

  private boolean says(String words) {
    return control.obstacles().stream().anyMatch(obstacle -> obstacle.contains(words));
  }

  private static void eventually(BooleanSupplier condition) {
    Await.until(Duration.ofSeconds(20), condition);
  }

  private Path file(String... lines) throws IOException {
    Path file = directory.resolve("leases.txt");
    Files.writeString(file, "leasehold-leases 1\n" + String.join("\n", lines) + "\n");
    return file;
  }

  private static String line(int number, int iaid) {
    return "lease 2001:db8::%x na state=active subnet=1 client=duid:0003 iaid=%d since=5 expires=never"
        .formatted(number, iaid);
  }

  private List<Lease> served() {
    return new Ledger(engine, InstantSource.system())
        .list(LeaseQuery.ALL, Optional.empty(), 100)
        .toCompletableFuture()
        .join();
  }

  private CompletableFuture<ImportReport> takeAside(Path file) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return intake.take(List.of(file));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void whatIsServedIsWhatIsStored() throws Exception {
    assertThat(intake.take(List.of(file(line(1, 1), line(2, 1), "end 2 0"))).changes())
        .isEqualTo(2);
    intake.take(List.of(file(line(2, 9), line(3, 9), "end 2 0")));
    assertThat(served())
        .containsExactly(
            LeaseLine.lease(line(1, 1)), LeaseLine.lease(line(2, 9)), LeaseLine.lease(line(3, 9)))
        .containsExactlyInAnyOrderElementsOf(StoreContent.of(store).leases().values());
    assertThat(says(BEING_IMPORTED)).isFalse();
  }

  @Test
  void nobodyIsServedMeanwhileAndTheStatusSaysWhy() throws Exception {
    Path file = file(line(1, 1), "end 1 0");
    store.hold();
    CompletableFuture<ImportReport> taken = takeAside(file);
    eventually(() -> store.waiting() == 1);
    assertThat(says(BEING_IMPORTED)).isTrue();
    assertThat(engine.hasLostStore()).isTrue();
    assertThatThrownBy(() -> intake.take(List.of(file))).hasMessage("another import runs");
    store.release();
    assertThat(taken.join().changes()).isEqualTo(1);
    assertThat(says(BEING_IMPORTED)).isFalse();
    assertThat(engine.hasLostStore()).isFalse();
    assertThat(served()).hasSize(1);
  }

  @Test
  void anImportThatFailsLeavesAServerThatServes() throws Exception {
    intake.take(List.of(file(line(1, 1), "end 1 0")));
    assertThatThrownBy(() -> intake.take(List.of(directory.resolve("missing.txt"))))
        .isInstanceOf(IOException.class);
    assertThat(says(BEING_IMPORTED)).isFalse();
    assertThat(engine.hasLostStore()).isFalse();
    assertThat(served()).hasSize(1);
    store.stop();
    assertThatThrownBy(() -> intake.take(List.of(directory.resolve("missing.txt"))))
        .hasMessage("the lease store takes no changes: stopped by the test");
  }
}
