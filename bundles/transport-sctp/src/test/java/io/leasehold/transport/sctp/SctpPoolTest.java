// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.pool.PoolHandle;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolSubscription;
import io.leasehold.pool.PoolView;
import io.leasehold.pool.element.AsapEndpoint;
import io.leasehold.pool.element.Identifiers;
import io.leasehold.pool.element.Readiness;
import io.leasehold.pool.element.config.ElementFile;
import io.leasehold.pool.user.core.Surroundings;
import io.leasehold.pool.user.core.UserDesk;
import io.leasehold.pool.user.core.UserSettings;
import io.leasehold.registrar.Registrar;
import io.leasehold.registrar.config.RegistrarFile;
import io.leasehold.registrar.config.RegistrarSettings;
import io.leasehold.registrar.core.Notebook;
import io.leasehold.registrar.core.Premises;
import io.leasehold.registrar.enrp.EnrpFederation;
import io.leasehold.rserpool.run.CoreThread;
import io.leasehold.rserpool.space.Handlespace;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.Carrier;
import io.leasehold.security.PeerAuthorizer;
import io.leasehold.security.PeerRole;
import io.leasehold.testkit.Await;
import io.leasehold.testkit.hop.TestChannels;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Registrars, a pool element and a pool user of which each has two addresses. */
@ExtendWith(Kernel.class)
final class SctpPoolTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final PoolHandle POOL = PoolHandle.ofText("dhcp6-core");
  private static final Bytes CLIENT = Bytes.ofHex("00030001020000000001");
  private static final String REGISTRARS = "sctp://127.0.0.11 sctp://127.0.0.21";

  private final List<AutoCloseable> running = new ArrayList<>();

  /** Of a pool in clear nobody is asked for rights. */
  private record Nobody() implements PeerAuthorizer {
    @Override
    public boolean permits(AuthenticatedPeer peer, PeerRole role) {
      return false;
    }

    @Override
    public boolean permitsLink(AuthenticatedPeer peer, Ipv6 linkAddress) {
      return false;
    }

    @Override
    public boolean permitsPool(AuthenticatedPeer peer, Bytes handle) {
      return false;
    }

    @Override
    public boolean permitsAddress(AuthenticatedPeer peer, Ipv6 address) {
      return false;
    }
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : running) {
      each.close();
    }
  }

  private CoreThread host(String name, String addresses) {
    SctpSessionTransport transport =
        new SctpSessionTransport(
            new TestChannels(name, Carrier.NETWORK),
            QuickSctp.with(SctpSettings.addresses(addresses)));
    CoreThread thread = new CoreThread(name);
    thread.use("sctp", transport);
    running.add(thread);
    running.add(transport);
    return thread;
  }

  private static void await(BooleanSupplier condition) {
    Await.until(PATIENCE, condition);
  }

  private static <T> T ask(CoreThread thread, java.util.function.LongFunction<T> question) {
    return thread.call(question).toCompletableFuture().join();
  }

  private final class RegistrarHost {
    private final CoreThread thread;
    private final Registrar registrar;

    RegistrarHost(String name, String addresses) {
      RegistrarSettings settings =
          RegistrarFile.read(
              Map.of(
                  "insecure",
                  "true",
                  "channel",
                  TestChannels.PROFILE,
                  "asap",
                  "sctp://*",
                  "enrp",
                  "sctp://*",
                  "registrars",
                  REGISTRARS,
                  "address",
                  addresses));
      thread = host(name, addresses);
      Premises premises =
          new Premises(
              new Handlespace(settings.space(), ThreadLocalRandom.current()),
              new Nobody(),
              ThreadLocalRandom.current(),
              new Notebook(InstantSource.system(), what -> {}),
              settings.isSecure());
      registrar =
          new Registrar(
              settings.asap(),
              premises,
              thread.sessions(),
              (sessions, changes) ->
                  new EnrpFederation(premises, settings.enrp(), sessions, changes));
      thread.listen(settings.places());
      thread.begin(registrar);
    }

    boolean isAmong(int others) {
      return ask(
          thread,
          now ->
              registrar.status().isReady()
                  && registrar.status().peers(now).stream()
                          .filter(each -> !each.address().isEmpty())
                          .count()
                      == others);
    }

    long serverId() {
      return ask(thread, now -> registrar.status().serverId());
    }

    boolean knows(int elements) {
      return ask(thread, now -> registrar.status().elements(POOL, now).size()) == elements;
    }
  }

  private void element(String addresses, String service) {
    AsapEndpoint endpoint;
    CoreThread thread = host("element", addresses);
    Map<io.leasehold.rserpool.wire.PoolHandle, Long> identifiers = new HashMap<>();
    endpoint =
        new AsapEndpoint(
            ElementFile.read(
                    "core",
                    Map.of(
                        "pools",
                        POOL.toString(),
                        "group",
                        "1",
                        "address",
                        service,
                        "registrars",
                        REGISTRARS,
                        "channel",
                        TestChannels.PROFILE))
                .settings(),
            thread.sessions(),
            new Identifiers() {
              @Override
              public long of(io.leasehold.rserpool.wire.PoolHandle pool) {
                return identifiers.computeIfAbsent(pool, each -> 7L);
              }

              @Override
              public long renew(io.leasehold.rserpool.wire.PoolHandle pool) {
                identifiers.put(pool, 8L);
                return 8L;
              }
            },
            ThreadLocalRandom.current(),
            what -> {},
            0);
    thread.begin(endpoint);
    thread.execute(endpoint::start);
    thread.execute(now -> endpoint.readiness(Readiness.ready(200, "it serves"), now));
  }

  private UserDesk user(String addresses) {
    CoreThread thread = host("user", addresses);
    UserDesk desk =
        new UserDesk(
            UserSettings.read(Map.of("registrars", REGISTRARS, "channel", TestChannels.PROFILE)),
            new Surroundings(
                thread.sessions(),
                () -> ThreadLocalRandom.current().nextLong(),
                InstantSource.system(),
                document -> {}),
            thread::execute,
            Bytes.EMPTY,
            0);
    thread.begin(desk.user());
    thread.execute(desk.user()::start);
    return desk;
  }

  /** P-032: it serves at the second address of its association. */
  @Test
  @DisplayName("P-030, P-031, P-097: a pool whose registrars, elements and users speak SCTP")
  void aPoolLivesOverSctp() {
    RegistrarHost one = new RegistrarHost("one", "127.0.0.11 127.0.0.12");
    RegistrarHost two = new RegistrarHost("two", "127.0.0.21 127.0.0.22");
    await(() -> one.isAmong(1) && two.isAmong(1));
    element("127.0.0.31 127.0.0.32", "127.0.0.32");
    await(() -> one.knows(1) && two.knows(1));

    PoolSubscription pool = user("127.0.0.41 127.0.0.42").follow(POOL, view -> {});
    await(() -> pool.view().state() == PoolView.State.CURRENT);
    PoolMember member = pool.candidates(CLIENT).get(0);
    assertThat(member.address()).isEqualTo(Ipv6.ofText("127.0.0.32"));

    boolean isAtOne = member.home() == one.serverId();
    RegistrarHost lost = isAtOne ? one : two;
    RegistrarHost left = isAtOne ? two : one;
    lost.thread.close();
    await(
        () ->
            pool.view().state() == PoolView.State.CURRENT
                && pool.candidates(CLIENT).stream()
                    .anyMatch(each -> each.home() == left.serverId()));
    assertThat(left.knows(1)).isTrue();
  }
}
