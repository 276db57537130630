// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.pool.PoolElementControl;
import io.leasehold.pool.PoolHandle;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolRegistration;
import io.leasehold.pool.PoolTrace;
import io.leasehold.pool.PoolUserControl;
import io.leasehold.pool.PoolView;
import io.leasehold.pool.RegistrarContact;
import io.leasehold.pool.RegistrarControl;
import io.leasehold.pool.UserTransport;
import io.leasehold.security.Assurance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A pool user, a pool element and a registrar that say what a test expects. */
final class FakePools {
  static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  static final PoolHandle CORE = PoolHandle.ofText("dhcp6-core");
  static final PoolMember MEMBER =
      new PoolMember(
          0x0a0b0c0d, 7, 1, 200, Ipv6.ofText("2001:db8::a"), 547, UserTransport.UDP, 0x11111111);

  private FakePools() {}

  private static RegistrarContact contact(RegistrarContact.State state, String why) {
    return new RegistrarContact("tls://[2001:db8::9]", state, why, Assurance.TRUSTED, NOON);
  }

  static final class User implements PoolUserControl {
    final List<Bytes> traced = new ArrayList<>();

    @Override
    public List<PoolView> views() {
      return List.of(
          new PoolView(
              CORE, PoolView.State.STALE, "client-hash", List.of(MEMBER), NOON, Assurance.NONE));
    }

    @Override
    public List<RegistrarContact> registrars() {
      return List.of(contact(RegistrarContact.State.FAILED, "the certificate is unknown"));
    }

    @Override
    public List<PoolTrace> trace(Bytes client) {
      traced.add(client);
      return List.of(
          new PoolTrace(CORE, "client-hash", List.of(new PoolTrace.Step(MEMBER, "score 0.8231"))));
    }

    @Override
    public Map<String, Long> counters() {
      return Map.of();
    }

    @Override
    public List<String> alarms() {
      return List.of("no registrar proves who it is");
    }
  }

  static final class Element implements PoolElementControl {
    final List<String> orders = new ArrayList<>();

    @Override
    public String name() {
      return "core";
    }

    @Override
    public List<PoolRegistration> registrations() {
      return List.of(
          new PoolRegistration(
              CORE,
              MEMBER,
              "client-hash",
              PoolRegistration.State.NOT_READY,
              "failover is in RECOVER",
              NOON));
    }

    @Override
    public List<RegistrarContact> registrars() {
      return List.of(contact(RegistrarContact.State.HOME, ""));
    }

    @Override
    public CompletionStage<String> drain(PoolHandle pool) {
      orders.add("drain " + pool);
      return CompletableFuture.completedFuture("Pool " + pool + " is left.");
    }

    @Override
    public CompletionStage<String> rejoin(PoolHandle pool) {
      orders.add("rejoin " + pool);
      return CompletableFuture.failedFuture(new IllegalStateException("it was not drained"));
    }

    @Override
    public Map<String, Long> counters() {
      return Map.of();
    }

    @Override
    public List<String> alarms() {
      return List.of();
    }
  }

  static final class Registrar implements RegistrarControl {
    @Override
    public long serverId() {
      return 0x11111111;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public String condition() {
      return "it has the whole handlespace";
    }

    @Override
    public boolean isSecure() {
      return true;
    }

    @Override
    public int checksum() {
      return 0xe7a5;
    }

    @Override
    public List<Pool> pools() {
      return List.of(new Pool(CORE, "client-hash", UserTransport.UDP, 4, 2, 9));
    }

    @Override
    public List<RegistrarControl.Element> elements(PoolHandle pool) {
      return List.of(
          new RegistrarControl.Element(
              MEMBER, Optional.of("s1"), Optional.of(NOON), Optional.empty(), 1, 77));
    }

    @Override
    public List<Peer> peers() {
      return List.of(
          new Peer(
              0x22222222L,
              Optional.of("reg-2"),
              "2001:db8::2",
              PeerState.RESYNCHRONIZING,
              2,
              0xd001,
              Optional.of(0xb7a7),
              Optional.of(NOON),
              Assurance.TRUSTED));
    }

    @Override
    public Map<String, Long> counters() {
      return Map.of("registrations", 5L);
    }

    @Override
    public List<String> alarms() {
      return List.of();
    }

    @Override
    public List<Event> events() {
      return List.of(new Event(NOON, "took over the elements of 33333333"));
    }
  }
}
