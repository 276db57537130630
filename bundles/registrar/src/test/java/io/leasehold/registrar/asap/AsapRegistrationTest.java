// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import static io.leasehold.registrar.asap.Ground.HERE;
import static io.leasehold.registrar.asap.Ground.POOL;
import static io.leasehold.registrar.asap.Ground.key;
import static io.leasehold.registrar.asap.Ground.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.registrar.core.PoolChanges;
import io.leasehold.rserpool.space.SpaceLimits;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.asap.HandleResolutionResponse;
import io.leasehold.rserpool.wire.asap.Registration;
import io.leasehold.rserpool.wire.asap.RegistrationResponse;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.rserpool.wire.parameter.SctpTransport;
import io.leasehold.rserpool.wire.parameter.TransportParameter;
import io.leasehold.security.PeerRole;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5352 section 3.1. */
final class AsapRegistrationTest {
  private static final PoolPolicy PRIORITY = PoolPolicy.of(PolicyType.PRIORITY, 200);
  private static final Ipv6 THERE = Ipv6.ofText("192.0.2.2");

  private final Ground ground = new Ground();
  private final long server = ground.element("server-1");
  private final long other = ground.peer("server-2", THERE, PeerRole.POOL_ELEMENT);

  private static PoolElement with(long id, TransportParameter transport) {
    return new PoolElement(id, 0, 300, transport, PoolPolicy.ROUND_ROBIN, Optional.empty());
  }

  private static PoolElement living(long id, int life) {
    return new PoolElement(
        id, 0, life, PortTransport.udp(HERE, 547), PoolPolicy.ROUND_ROBIN, Optional.empty());
  }

  private RegistrationResponse otherRegisters(PoolElement element) {
    return ground.register(other, element);
  }

  @Test
  @DisplayName("P-080, P-088: a new pool has policy and transport of its first element")
  void aNewPoolIsLikeItsFirstElement() {
    ground.accepted(server, udp(1, HERE, PRIORITY));

    assertThat(ground.space.pool(POOL).orElseThrow().policy())
        .isEqualTo(PoolPolicy.of(PolicyType.PRIORITY, 0));
    assertThat(ground.space.pool(POOL).orElseThrow().transport())
        .isEqualTo(PortTransport.udp(HERE, 547));
  }

  @Test
  @DisplayName("P-081: another policy is refused with that of the pool")
  void anotherPolicyIsRefused() {
    ground.accepted(server, udp(1, HERE, PRIORITY));

    RegistrationResponse response = otherRegisters(udp(2, THERE, PoolPolicy.ROUND_ROBIN));

    assertThat(response.rejected()).isTrue();
    assertThat(response.error().orElseThrow().causes())
        .containsExactly(
            ErrorCause.of(ErrorCause.INCONSISTENT_POLICY, PoolPolicy.of(PolicyType.PRIORITY, 0)));
  }

  @Test
  @DisplayName("P-082: another transport is refused with that of the pool")
  void anotherTransportIsRefused() {
    ground.accepted(server, udp(1));

    RegistrationResponse response = otherRegisters(with(2, PortTransport.tcp(THERE, 547)));

    assertThat(response.error().orElseThrow().causes())
        .containsExactly(
            ErrorCause.of(ErrorCause.INCONSISTENT_TRANSPORT_TYPE, PortTransport.udp(HERE, 547)));
  }

  @Test
  @DisplayName("P-083: another transport use is refused")
  void anotherTransportUseIsRefused() {
    ground.accepted(server, with(1, new SctpTransport(547, true, List.of(HERE))));

    assertThat(ground.refused(other, with(2, new SctpTransport(547, false, List.of(THERE)))))
        .isEqualTo(ErrorCause.INCONSISTENT_DATA_CONTROL);
  }

  @Test
  @DisplayName("P-084: who registers again is tested as before, and replaced")
  void registeringAgainReplaces() {
    ground.accepted(server, udp(1, HERE, PRIORITY));
    ground.accepted(other, udp(2, THERE, PRIORITY));

    ground.accepted(server, udp(1, HERE, PoolPolicy.of(PolicyType.PRIORITY, 7)));
    assertThat(ground.refused(server, udp(1, HERE, PoolPolicy.ROUND_ROBIN)))
        .isEqualTo(ErrorCause.INCONSISTENT_POLICY);

    assertThat(ground.space.elements()).isEqualTo(2);
    assertThat(ground.space.member(key(1)).orElseThrow().element().policy().number(0)).isEqualTo(7);
    assertThat(ground.notebook.counted(AsapCount.REREGISTRATIONS)).isEqualTo(1);
  }

  @Test
  @DisplayName("P-084: the only member cannot change the policy of its pool")
  void theOnlyMemberKeepsThePolicy() {
    ground.accepted(server, udp(1, HERE, PRIORITY));

    assertThat(ground.refused(server, udp(1))).isEqualTo(ErrorCause.INCONSISTENT_POLICY);
  }

  @Test
  @DisplayName("P-085: the identifier of another element is refused, and that is untouched")
  void identifiersAreNotShared() {
    ground.accepted(server, udp(1));

    assertThat(ground.refused(other, udp(1, THERE, PoolPolicy.ROUND_ROBIN)))
        .isEqualTo(ErrorCause.NON_UNIQUE_PE_IDENTIFIER);

    assertThat(ground.space.member(key(1)).orElseThrow().element().userTransport())
        .isEqualTo(PortTransport.udp(HERE, 547));
    assertThat(ground.others.told).hasSize(1);
  }

  @Test
  @DisplayName("P-085: an element comes back by another connection of the same peer")
  void anElementComesBack() {
    ground.accepted(server, udp(1));
    long again = ground.element("server-1");

    ground.accepted(again, udp(1));
    ground.leaves(server);
    ground.pass(Duration.ofMillis(2100));

    assertThat(ground.isRegistered(key(1))).isTrue();
  }

  @Test
  @DisplayName(
      "P-085: without peers an element is known by its address once its connection is gone")
  void withoutPeersTheAddressCounts() {
    Ground insecure = Ground.insecure();
    long first = insecure.plain(HERE);
    insecure.accepted(first, udp(1));
    long second = insecure.plain(HERE);

    assertThat(insecure.refused(second, udp(1))).isEqualTo(ErrorCause.NON_UNIQUE_PE_IDENTIFIER);
    insecure.leaves(first);
    insecure.accepted(second, udp(1));
  }

  @Test
  @DisplayName("P-086: the registrar becomes the home, and says where it reached the element")
  void theRegistrarIsTheHome() {
    ground.accepted(server, udp(1));

    HandleResolutionResponse seen = ground.resolve(ground.user("relay"), POOL);
    assertThat(seen.elements()).hasSize(1);
    assertThat(seen.elements().get(0).home()).isEqualTo(OtherRegistrars.ID);
    assertThat(seen.elements().get(0).asapTransport()).contains(PortTransport.tcp(HERE, 0));
    assertThat(ground.others.added).isEqualTo(seen.elements().get(0));
  }

  @Test
  @DisplayName("P-086: where an element says that it listens is kept, if it is its own address")
  void whereAnElementListensIsKept() {
    PoolElement listening = udp(1).ownedBy(0, Optional.of(PortTransport.tcp(HERE, 3864)));
    ground.accepted(server, listening);
    assertThat(ground.others.added.asapTransport()).contains(PortTransport.tcp(HERE, 3864));

    PoolElement elsewhere = udp(2).ownedBy(0, Optional.of(PortTransport.tcp(THERE, 3864)));
    assertThat(ground.refused(server, elsewhere)).isEqualTo(ErrorCause.SECURITY_CONSIDERATIONS);
  }

  @Test
  @DisplayName("P-087: who registers here was another registrar's before")
  void ownershipIsTakenFromAPeer() {
    ground.space.put(POOL, udp(1).ownedBy(0x22222222L));

    ground.accepted(server, udp(1));

    assertThat(ground.space.member(key(1)).orElseThrow().element().home())
        .isEqualTo(OtherRegistrars.ID);
    assertThat(ground.space.elementsOf(0x22222222L)).isZero();
    assertThat(ground.others.told).containsExactly("add dhcp6-core/0x00000001");
  }

  @Test
  @DisplayName(
      "P-087, 5355 2.3: what another registrar let in is taken over by its own addresses only")
  void whatIsOfAPeerIsTakenOverByItselfOnly() {
    ground.space.put(POOL, udp(1).ownedBy(0x22222222L));

    assertThat(ground.refused(other, udp(1, THERE, PoolPolicy.ROUND_ROBIN)))
        .isEqualTo(ErrorCause.NON_UNIQUE_PE_IDENTIFIER);
    assertThat(ground.space.elementsOf(0x22222222L)).isEqualTo(1);
  }

  @Test
  @DisplayName("P-089, P-124: what is granted is told to others, what is denied is not")
  void onlyWhatIsGrantedIsTold() {
    ground.accepted(server, udp(1));
    ground.refused(server, living(2, 0));
    ground.refused(server, udp(3, HERE, PRIORITY));
    ground.accepted(server, udp(1));

    assertThat(ground.others.told)
        .containsExactly("add dhcp6-core/0x00000001", "add dhcp6-core/0x00000001");
  }

  @ParameterizedTest(name = "P-020, P-088: a life of {0} is refused with the element")
  @ValueSource(ints = {0, -2, Integer.MIN_VALUE})
  void livesThatAreNoneAreRefused(int life) {
    PoolElement element = living(1, life);

    RegistrationResponse response = ground.register(server, element);

    assertThat(response.error().orElseThrow().causes())
        .containsExactly(ErrorCause.of(ErrorCause.INVALID_VALUES, element));
    assertThat(ground.space.pools()).isEmpty();
  }

  @Test
  @DisplayName("P-020: a registration of endless life does not end")
  void endlessLifeDoesNotEnd() {
    ground.accepted(server, living(1, PoolElement.INFINITE_LIFE));
    ground.isAlive(server, key(1));

    ground.pass(Duration.ofDays(2));

    assertThat(ground.isRegistered(key(1))).isTrue();
  }

  @Test
  @DisplayName("P-032: addresses are those of the connection, or allowed ones")
  void addressesAreItsOwn() {
    assertThat(ground.refused(server, udp(1, THERE, PoolPolicy.ROUND_ROBIN)))
        .isEqualTo(ErrorCause.SECURITY_CONSIDERATIONS);
    assertThat(ground.notebook.counted(AsapCount.REFUSED_ADDRESS)).isEqualTo(1);

    ground.scopes.put("server-1", Prefix.ofText("192.0.2.0/24"));
    ground.accepted(server, udp(1, THERE, PoolPolicy.ROUND_ROBIN));
  }

  @Test
  @DisplayName("P-195: policies that are not known are refused with the policy, unless they may be")
  void unknownPoliciesAreRefused() {
    PoolPolicy standard = PoolPolicy.of(0x77, 1);
    PoolPolicy someones = PoolPolicy.of(0xb0001001L, 1, 2, 3);

    assertThat(ground.register(server, udp(1, HERE, standard)).error().orElseThrow().causes())
        .containsExactly(ErrorCause.of(ErrorCause.INVALID_VALUES, standard));
    assertThat(ground.refused(server, udp(1, HERE, someones))).isEqualTo(ErrorCause.INVALID_VALUES);

    Ground open = new Ground(Settings.withPrivatePolicies());
    long there = open.element("server-1");
    open.accepted(there, udp(1, HERE, someones));
    assertThat(open.refused(there, PoolHandle.of("dhcp6-b"), udp(1, HERE, standard)))
        .isEqualTo(ErrorCause.INVALID_VALUES);
  }

  @Test
  @DisplayName("P-105: a pool, all pools, and one peer may have so many elements, and no more")
  void thereIsNotRoomForEverything() {
    Ground small =
        new Ground(Settings.withElementsOfIdentity(4), new SpaceLimits(2, 5, 2, 1024), true);
    long one = small.element("server-1");
    long two = small.element("server-2");
    PoolHandle second = PoolHandle.of("dhcp6-b");
    small.accepted(one, udp(1));
    small.accepted(one, udp(2));

    assertThat(small.refused(one, udp(3))).as("pool").isEqualTo(ErrorCause.LACK_OF_RESOURCES);
    small.accepted(one, second, udp(1));
    assertThat(small.refused(two, PoolHandle.of("dhcp6-c"), udp(1)))
        .as("pools")
        .isEqualTo(ErrorCause.LACK_OF_RESOURCES);
    assertThat(small.space.elements()).isEqualTo(3);

    Ground few = new Ground(Settings.withElementsOfIdentity(2));
    long greedy = few.element("server-1");
    few.accepted(greedy, udp(1));
    few.accepted(greedy, second, udp(1));
    assertThat(few.refused(greedy, udp(3))).as("peer").isEqualTo(ErrorCause.LACK_OF_RESOURCES);
    few.accepted(greedy, udp(1));
    few.accepted(few.element("server-2"), udp(3));
    few.deregister(greedy, key(1));
    few.accepted(greedy, udp(4));
  }

  @Test
  @DisplayName("P-105: a peer registers so often in a second, and others as before")
  void registrationsHaveABudget() {
    for (int i = 1; i <= 200; i++) {
      ground.register(server, udp(1));
    }

    assertThat(ground.refused(server, udp(1))).isEqualTo(ErrorCause.LACK_OF_RESOURCES);
    assertThat(ground.notebook.counted(AsapCount.OVER_BUDGET)).isEqualTo(1);
    ground.deregister(server, key(1));
    assertThat(ground.isRegistered(key(1))).as("deregistrations count").isTrue();
    assertThat(ground.refused(ground.element("server-1"), udp(1)))
        .as("another connection helps nothing")
        .isEqualTo(ErrorCause.LACK_OF_RESOURCES);
    ground.accepted(other, udp(2, THERE, PoolPolicy.ROUND_ROBIN));
    ground.pass(Duration.ofMillis(50));
    ground.accepted(server, udp(1));
  }

  @Test
  @DisplayName("P-105: after a restart 10,000 elements register at once, and change once")
  void afterARestartAllRegisterAtOnce() {
    long[] peers = IntStream.range(0, 100).mapToLong(i -> ground.element("host-" + i)).toArray();
    for (int rank = 1; rank <= 2; rank++) {
      for (int peer = 0; peer < peers.length; peer++) {
        for (int pool = 0; pool < 100; pool++) {
          PoolPolicy policy = PoolPolicy.of(PolicyType.PRIORITY, rank);
          ground.accepted(peers[peer], PoolHandle.of("dhcp6-" + pool), udp(1 + peer, HERE, policy));
        }
      }
    }
    assertThat(ground.space.elements()).isEqualTo(10_000);
    assertThat(ground.notebook.counted(AsapCount.OVER_BUDGET)).isZero();
  }

  @Test
  @DisplayName("P-143: the checksum follows every change at once")
  void theChecksumFollowsEveryChange() {
    int none = ground.space.checksum(OtherRegistrars.ID);
    ground.accepted(server, PoolHandle.of("dhcp6-a"), udp(0xaaaa0001L));
    int one = ground.space.checksum(OtherRegistrars.ID);
    ground.accepted(server, PoolHandle.of("dhcp6-b"), udp(0xaaaa0003L));
    int two = ground.space.checksum(OtherRegistrars.ID);
    ground.deregister(server, new ElementKey(PoolHandle.of("dhcp6-b"), 0xaaaa0003L));

    assertThat(none).isEqualTo(0xffff);
    assertThat(one).isNotIn(none, two);
    assertThat(ground.space.checksum(OtherRegistrars.ID)).isEqualTo(one);
    assertThat(ground.registrar.status().checksum()).isEqualTo(one);
  }

  @Test
  @DisplayName("8.1: before the registrar is ready connections are closed")
  void nobodyIsServedTooEarly() {
    ground.others.isReady = false;
    long early = ground.element("server-3");
    ground.say(early, new Registration(POOL, udp(9)));

    assertThat(ground.closed).containsExactly(early);
    assertThat(ground.space.pools()).isEmpty();
  }

  @Test
  @DisplayName("8.1: when the registrar is no longer ready, connections are closed")
  void whoIsThereIsClosed() {
    ground.accepted(server, udp(1));

    PoolChanges changes = ground.others.changes;
    changes.readiness(false, ground.now);

    assertThat(ground.closed).containsExactlyInAnyOrder(server, other);
    assertThat(changes.isConnected(key(1))).isFalse();
  }

  @Test
  @DisplayName("seam: a pool element is connected while its connection is")
  void connectedElementsAreKnown() {
    ground.accepted(server, udp(1));
    assertThat(ground.others.changes.isConnected(key(1))).isTrue();
    ground.leaves(server);
    assertThat(ground.others.changes.isConnected(key(1))).isFalse();
  }
}
