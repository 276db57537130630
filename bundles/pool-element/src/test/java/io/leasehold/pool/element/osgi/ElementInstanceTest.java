// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.hop.Application;
import io.leasehold.pool.PoolHandle;
import io.leasehold.pool.PoolRegistration;
import io.leasehold.pool.PoolRegistration.State;
import io.leasehold.pool.RegistrarContact;
import io.leasehold.pool.element.config.ElementFile;
import io.leasehold.rserpool.policy.HashValues;
import io.leasehold.rserpool.run.Carriers;
import io.leasehold.rserpool.wire.asap.Deregistration;
import io.leasehold.rserpool.wire.asap.Registration;
import io.leasehold.testkit.Await;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool element that runs, a server and a registrar beside it. */
final class ElementInstanceTest {
  private static final PoolHandle POOL = PoolHandle.ofText("dhcp6-core");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir Path directory;

  private final ServerOfTests server = new ServerOfTests();
  private final AnsweringRegistrar registrar = new AnsweringRegistrar();
  private final Carriers carriers = new Carriers();
  private ElementInstance element;

  @BeforeEach
  void begin() {
    element =
        new ElementInstance(
            ElementFile.read(
                "core",
                Map.of(
                    "pools", "dhcp6-core",
                    "failover", "pair-1",
                    "address", "2001:db8::5",
                    "registrars", "tls://[2001:db8::9]",
                    "channel", "pools")),
            new StoredIdentifiers(directory.resolve("ids"), new SecureRandom(), Runnable::run),
            server,
            InstantSource.system());
    server.hasFailover = true;
    carriers.come("tcp", registrar);
    element.connectBy(carriers);
    element.begin();
  }

  @AfterEach
  void end() {
    element.close();
  }

  private PoolRegistration registration() {
    return element.registrations().get(0);
  }

  private void awaitState(State state) {
    Await.until(
        PATIENCE, () -> !element.registrations().isEmpty() && registration().state() == state);
  }

  private long count(Class<?> type) {
    return registrar.received.stream().filter(type::isInstance).count();
  }

  @Test
  void aServerThatIsReadyIsRegistered() {
    awaitState(State.REGISTERED);

    assertThat(registrar.asked.application()).isEqualTo(Application.ASAP);
    assertThat(registrar.asked.port()).isEqualTo(3864);
    assertThat(registration().handle()).isEqualTo(POOL);
    assertThat(registration().member().rank()).isEqualTo(200);
    assertThat(registration().policy()).isEqualTo("client-hash");
    assertThat(element.registrars())
        .extracting(RegistrarContact::state)
        .containsExactly(RegistrarContact.State.HOME);
    assertThat(element.alarms()).isEmpty();
    assertThat(element.counters())
        .containsEntry("registrations-accepted", 1L)
        .containsEntry("connections-tried", 1L);
  }

  @Test
  void anotherFailoverStateIsRegistered() {
    awaitState(State.REGISTERED);

    server.state = "COMMUNICATIONS-INTERRUPTED";

    Await.until(PATIENCE, () -> count(Registration.class) == 2);
    Registration last = (Registration) registrar.received.get(1);
    assertThat(HashValues.of(last.element().policy()).orElseThrow().rank()).isEqualTo(150);
  }

  @Test
  void aServerThatIsNotReadyLeaves() {
    awaitState(State.REGISTERED);

    server.obstacles = List.of("the store takes no changes");

    awaitState(State.NOT_READY);
    assertThat(count(Deregistration.class)).isEqualTo(1);
    assertThat(registration().why()).isEqualTo("the store takes no changes");
  }

  @Test
  void anOperatorTakesItOutAndIn() throws Exception {
    awaitState(State.REGISTERED);

    assertThat(element.drain(POOL).toCompletableFuture().get(10, TimeUnit.SECONDS))
        .contains("30 s");
    assertThat(registration().state()).isEqualTo(State.DRAINED);
    assertThat(element.rejoin(POOL).toCompletableFuture().get(10, TimeUnit.SECONDS))
        .contains("dhcp6-core");
    awaitState(State.REGISTERED);
  }

  @Test
  void aPoolThatIsNoneOfItsIsRefused() {
    assertThatThrownBy(
            () ->
                element
                    .drain(PoolHandle.ofText("other"))
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("other");
  }

  @Test
  void beforeItEndsItLeavesItsPools() {
    awaitState(State.REGISTERED);

    element.close();

    assertThat(count(Deregistration.class)).isEqualTo(1);
  }

  @Test
  void withoutATransportItSaysWhatIsMissing() {
    carriers.gone("tcp", registrar);

    Await.until(
        PATIENCE,
        () ->
            element.alarms().stream()
                .anyMatch(
                    each ->
                        each.startsWith("there is no transport")
                            && each.contains("leasehold-transport-tcp")));
  }

  @Test
  void afterItsEndItDoesNothing() throws InterruptedException {
    awaitState(State.REGISTERED);
    Set<Thread> watching = WatchThreads.alive();
    assertThat(watching).isNotEmpty();

    element.close();

    for (Thread each : watching) {
      each.join(10_000);
      assertThat(each.isAlive()).as(each.getName()).isFalse();
    }
    assertThatThrownBy(() -> element.drain(POOL).toCompletableFuture().get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("has stopped");
  }
}
