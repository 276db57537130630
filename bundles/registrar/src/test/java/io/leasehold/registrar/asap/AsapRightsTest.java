// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import static io.leasehold.registrar.asap.Ground.HERE;
import static io.leasehold.registrar.asap.Ground.POOL;
import static io.leasehold.registrar.asap.Ground.key;
import static io.leasehold.registrar.asap.Ground.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.asap.DeregistrationResponse;
import io.leasehold.rserpool.wire.asap.Registration;
import io.leasehold.rserpool.wire.asap.RegistrationResponse;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PoolPattern;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 5355 sections 2.1 to 2.4 and 2.15. */
final class AsapRightsTest {
  private static final int REFUSED = ErrorCause.SECURITY_CONSIDERATIONS;
  private static final Ipv6 THERE = Ipv6.ofText("192.0.2.2");

  private final Ground ground = new Ground();

  private void nothingIsKept() {
    assertThat(ground.space.pools()).isEmpty();
    assertThat(ground.others.told).isEmpty();
  }

  @Test
  @DisplayName(
      "P-150, P-167: nothing is kept of plain registrations, however many, and others register")
  void plainRegistrationsLeaveNothing() {
    for (int i = 0; i < 150; i++) {
      long plain = ground.plain(HERE);
      for (int j = 0; j < 5; j++) {
        ground.say(plain, new Registration(POOL, udp(j)));
      }
      assertThat(ground.last(plain, RegistrationResponse.class).error().orElseThrow().has(REFUSED))
          .isTrue();
      assertThat(ground.closed).contains(plain);
    }
    nothingIsKept();
    assertThat(ground.notebook.counted(AsapCount.REFUSED_NOT_SECURE)).isEqualTo(750);
    assertThat(ground.notebook.alarms()).hasSize(1);
    ground.accepted(ground.element("server-1"), udp(1));
  }

  @Test
  @DisplayName("P-151: who is not a pool element is refused, told to nobody, and closed at last")
  void theRoleIsNeeded() {
    long relay = ground.peer("relay", HERE, PeerRole.POOL_USER);
    for (int i = 0; i < 4; i++) {
      assertThat(ground.refused(relay, udp(1))).isEqualTo(REFUSED);
    }
    assertThat(ground.closed).isEmpty();
    assertThat(ground.refused(relay, udp(1))).isEqualTo(REFUSED);

    assertThat(ground.closed).containsExactly(relay);
    assertThat(ground.notebook.counted(AsapCount.REFUSED_ROLE)).isEqualTo(5);
    assertThat(ground.notebook.counted(AsapCount.CLOSED_AFTER_REFUSALS)).isEqualTo(1);
    nothingIsKept();
    ground.say(relay, new Registration(POOL, udp(1)));
    assertThat(ground.sent.get(relay)).as("it is not heard any more").isEmpty();
  }

  @Test
  @DisplayName("P-152: another peer cannot register an element's identifier")
  void nobodyRegistersAnothersElement() {
    long server = ground.element("server-1");
    ground.accepted(server, udp(1));
    ground.leaves(server);
    long thief = ground.element("server-2");

    assertThat(ground.refused(thief, udp(1))).isEqualTo(ErrorCause.NON_UNIQUE_PE_IDENTIFIER);
    assertThat(ground.notebook.counted(AsapCount.REFUSED_NOT_ITSELF)).isEqualTo(1);
  }

  @Test
  @DisplayName("P-152: when the entry is gone its identifier is free")
  void identifiersBecomeFree() {
    long server = ground.element("server-1");
    ground.accepted(server, udp(1));
    ground.deregister(server, key(1));

    ground.accepted(ground.element("server-2"), udp(1));
  }

  @Test
  @DisplayName("P-153: another peer cannot deregister an element")
  void nobodyDeregistersAnothersElement() {
    long server = ground.element("server-1");
    ground.accepted(server, udp(1));
    long thief = ground.element("server-2");

    ground.deregister(thief, key(1));

    assertThat(Ground.code(ground.last(thief, DeregistrationResponse.class).error()))
        .isEqualTo(REFUSED);
    assertThat(ground.isRegistered(key(1))).isTrue();
  }

  @Test
  @DisplayName("P-154: an element is of the pools of its entry only")
  void poolsAreThoseOfTheEntry() {
    ground.pools.put("server-1", new PoolPattern("dhcp4-*"));
    long server = ground.element("server-1");

    assertThat(ground.refused(server, udp(1))).isEqualTo(REFUSED);
    ground.deregister(server, key(1));
    assertThat(Ground.code(ground.last(server, DeregistrationResponse.class).error()))
        .isEqualTo(REFUSED);
    nothingIsKept();
    assertThat(ground.notebook.counted(AsapCount.REFUSED_POOL)).isEqualTo(2);
    assertThat(ground.notebook.alarms()).singleElement().asString().contains("server-1", "pools");

    ground.accepted(server, PoolHandle.of("dhcp4-core"), udp(1));
    assertThat(ground.notebook.alarms()).isEmpty();
  }

  @Test
  @DisplayName("2.2: an alarm about who was refused ends some time after the last time")
  void alarmsEnd() {
    long plain = ground.plain(HERE);
    ground.refused(plain, udp(1));
    ground.pass(Duration.ofMinutes(9));
    ground.refused(plain, udp(1));
    ground.pass(Duration.ofMinutes(9));
    assertThat(ground.notebook.alarms()).hasSize(1);
    ground.pass(Duration.ofMinutes(1));
    assertThat(ground.notebook.alarms()).isEmpty();
  }

  @Test
  @DisplayName(
      "P-168: a user whose connection nothing protects is answered only if that is allowed")
  void plainUsersAreAnsweredIfAllowed() {
    long plain = ground.plain(HERE);
    assertThat(Ground.code(ground.resolve(plain, POOL).error())).isEqualTo(REFUSED);

    Ground open = new Ground(Settings.withPlainUsers());
    open.accepted(open.element("server-1"), udp(1));
    long anybody = open.plain(HERE);
    assertThat(open.resolve(anybody, POOL).elements()).hasSize(1);
    assertThat(open.refused(anybody, udp(2))).isEqualTo(REFUSED);
  }

  @Test
  @DisplayName("10.3: pool elements may ask as pool users do, other peers may not")
  void elementsAreUsers() {
    long server = ground.element("server-1");
    ground.accepted(server, udp(1));
    assertThat(ground.resolve(server, POOL).elements()).hasSize(1);
    long stranger = ground.peer("failover", THERE, PeerRole.FAILOVER_PARTNER);
    assertThat(Ground.code(ground.resolve(stranger, POOL).error())).isEqualTo(REFUSED);
  }

  @Test
  @DisplayName("P-167: without protection everybody is served, and addresses are still their own")
  void insecureRegistrarsServeEverybody() {
    Ground insecure = Ground.insecure();
    long server = insecure.plain(HERE);
    insecure.accepted(server, udp(1));
    assertThat(insecure.refused(server, udp(2, THERE, PoolPolicy.ROUND_ROBIN))).isEqualTo(REFUSED);
    assertThat(insecure.resolve(insecure.plain(THERE), POOL).elements()).hasSize(1);
  }
}
