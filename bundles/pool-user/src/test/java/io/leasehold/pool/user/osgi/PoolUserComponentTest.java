// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.leasehold.net.Bytes;
import io.leasehold.pool.PoolDirectory;
import io.leasehold.pool.PoolHandle;
import io.leasehold.pool.PoolListener;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolSubscription;
import io.leasehold.pool.PoolUserControl;
import io.leasehold.pool.PoolView;
import io.leasehold.pool.RegistrarContact;
import io.leasehold.testkit.Await;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The pool user with its thread and its file, and registrars that answer. */
final class PoolUserComponentTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final PoolHandle POOL = PoolHandle.ofText("dhcp6-core");
  private static final Bytes CLIENT = Bytes.ofHex("00030001020000000001");
  private static final PoolListener NOBODY = view -> {};

  @TempDir Path data;

  private final ScriptedRegistrars registrars = new ScriptedRegistrars();
  private final PoolUserComponent component = new PoolUserComponent();
  private final List<Object> services = new ArrayList<>();

  @AfterEach
  void close() {
    component.close();
  }

  private static <T> T proxy(Class<T> type, BiFunction<String, Object[], Object> answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answer.apply(method.getName(), arguments)));
  }

  private BundleContext context() {
    return proxy(
        BundleContext.class,
        (method, arguments) ->
            method.equals("getProperty") ? data.toString() : registered(arguments[1]));
  }

  private ServiceRegistration<?> registered(Object service) {
    services.add(service);
    return proxy(
        ServiceRegistration.class,
        (method, arguments) -> {
          if (method.equals("unregister")) {
            services.remove(service);
          }
          return null;
        });
  }

  private void configure(String... more) {
    Map<String, Object> keys = new TreeMap<>();
    keys.put("registrars", "tls://[2001:db8::9]");
    keys.put("channel", "registrars");
    for (int i = 0; i < more.length; i += 2) {
      keys.put(more[i], more[i + 1]);
    }
    component.configure(keys, context());
  }

  private PoolDirectory directory() {
    return service(PoolDirectory.class);
  }

  private PoolUserControl control() {
    return service(PoolUserControl.class);
  }

  private <T> T service(Class<T> type) {
    // The desk has both names; what is registered as control stands last.
    List<T> found = services.stream().filter(type::isInstance).map(type::cast).toList();
    return found.get(found.size() - 1);
  }

  private static void awaitState(PoolSubscription pool, PoolView.State state) {
    Await.until(PATIENCE, () -> pool.view().state() == state);
  }

  @Test
  void membersAreFoundAndReported() {
    component.setTransport(registrars);
    configure();
    PoolSubscription pool = directory().follow(POOL, NOBODY);
    awaitState(pool, PoolView.State.CURRENT);

    List<PoolMember> order = pool.candidates(CLIENT);
    assertThat(order).extracting(PoolMember::id).containsExactly(1L, 2L);
    pool.unreachable(order.get(0));

    Await.until(PATIENCE, () -> registrars.reports.size() == 1);
    assertThat(registrars.reports.get(0).element()).isEqualTo(1);
    assertThat(control().views()).hasSize(1);
    assertThat(control().registrars())
        .singleElement()
        .satisfies(each -> assertThat(each.state()).isEqualTo(RegistrarContact.State.HOME));
    assertThat(control().counters())
        .containsEntry("reports-sent", 1L)
        .containsEntry("connections-tried", 1L);
    assertThat(control().trace(CLIENT)).hasSize(1);
    assertThat(registrars.sessions.get(0).spec.port()).isEqualTo(3864);
  }

  @Test
  @DisplayName("14.3: a start into an outage goes on with the last view")
  void startIntoAnOutageGoesOnWithTheLastView() {
    component.setTransport(registrars);
    configure();
    awaitState(directory().follow(POOL, NOBODY), PoolView.State.CURRENT);
    component.close();
    assertThat(services).isEmpty();
    registrars.die();

    configure();
    PoolSubscription pool = directory().follow(POOL, NOBODY);

    assertThat(pool.view().state()).isEqualTo(PoolView.State.STALE);
    assertThat(pool.candidates(CLIENT)).extracting(PoolMember::id).containsExactly(1L, 2L);
  }

  @Test
  void damagedFileIsSaidAndIgnored() throws IOException {
    Path file = data.resolve("leasehold/pool-user.views");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "LHPV and nonsense");

    component.setTransport(registrars);
    configure();

    assertThat(control().alarms()).anyMatch(each -> each.contains("stored of pools is not used"));
    awaitState(directory().follow(POOL, NOBODY), PoolView.State.CURRENT);
  }

  @Test
  void fileThatCannotBeReadIsSaid() throws IOException {
    Files.writeString(data.resolve("leasehold"), "in the way");

    configure();

    assertThat(control().alarms())
        .anyMatch(each -> each.contains("pool-user.views cannot be read"));
  }

  @Test
  void withoutATransportThatIsSaid() {
    configure();
    PoolSubscription pool = directory().follow(POOL, NOBODY);
    awaitAlarm("leasehold-transport-tcp");
    assertThat(control().alarms()).anyMatch(each -> each.startsWith("there is no transport for"));

    component.setTransport(registrars);

    awaitState(pool, PoolView.State.CURRENT);
    component.unsetTransport(registrars);
    awaitAlarm("leasehold-transport-tcp");
    assertThat(pool.candidates(CLIENT)).hasSize(2);
  }

  @Test
  @DisplayName("P-031, P-202: a registrar of sctp:// waits for its transport, and is found by it")
  void aRegistrarOverSctpHasItsTransport() {
    component.setTransport(registrars);
    configure("registrars", "sctp://192.0.2.9");
    PoolSubscription pool = directory().follow(POOL, NOBODY);
    awaitAlarm("there is no transport for sctp connections; install leasehold-transport-sctp");

    component.setSctp(registrars);

    awaitState(pool, PoolView.State.CURRENT);
    assertThat(control().alarms()).isEmpty();
    component.unsetSctp(registrars);
    awaitAlarm("leasehold-transport-sctp");
  }

  private void awaitAlarm(String part) {
    Await.until(PATIENCE, () -> control().alarms().stream().anyMatch(each -> each.contains(part)));
  }

  @Test
  void configurationThatCannotBeUsedChangesNothing() {
    component.setTransport(registrars);
    configure("registrars", "");
    assertThat(services).isEmpty();
    configure();
    PoolSubscription pool = directory().follow(POOL, NOBODY);
    awaitState(pool, PoolView.State.CURRENT);
    List<Object> before = List.copyOf(services);

    configure("stale.seconds", "0");

    assertThat(services).isEqualTo(before);
    assertThat(control().alarms())
        .anyMatch(each -> each.contains("goes on as before: stale.seconds = 0"));
    configure();
    assertThat(control().alarms()).noneMatch(each -> each.contains("stale.seconds"));
  }

  @Test
  void changedConfigurationTakesWhatIsKnownOver() {
    component.setTransport(registrars);
    configure();
    PoolSubscription before = directory().follow(POOL, NOBODY);
    awaitState(before, PoolView.State.CURRENT);
    registrars.up = false;
    PoolDirectory former = directory();

    configure("registrars", "tls://[2001:db8::a]");

    assertThat(services).hasSize(2);
    assertThat(before.candidates(CLIENT)).hasSize(2);
    assertThat(directory().follow(POOL, NOBODY).candidates(CLIENT)).hasSize(2);
    assertThat(registrars.sessions.get(0).closed).isTrue();
    assertThatIllegalStateException().isThrownBy(() -> former.follow(POOL, NOBODY));
  }

  @Test
  void afterTheEndThereIsNeitherServiceNorThread() {
    component.setTransport(registrars);
    configure();
    directory().follow(POOL, NOBODY);
    component.close();

    assertThat(services).isEmpty();
    assertThat(registrars.sessions).allMatch(each -> each.closed);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(each -> each.getName().startsWith("leasehold-pool-user"));
  }
}
