// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import static io.leasehold.registrar.asap.Ground.HERE;
import static io.leasehold.registrar.asap.Ground.POOL;
import static io.leasehold.registrar.asap.Ground.key;
import static io.leasehold.registrar.asap.Ground.udp;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 5352 section 3.5; RFC 5355 section 2.13. */
final class AsapReportTest {
  private final Ground ground = new Ground();
  private final long server = ground.element("server-1");

  @BeforeEach
  void register() {
    ground.accepted(server, udp(1));
    ground.isAlive(server, key(1));
  }

  private void reports(String... relays) {
    for (String each : relays) {
      ground.report(ground.user(each), key(1));
    }
  }

  @Test
  @DisplayName("P-102: more than three users within a minute remove an element that answers")
  void manyUsersRemoveAnElement() {
    reports("r1", "r2", "r3");
    assertThat(ground.isRegistered(key(1))).isTrue();

    reports("r4");

    assertThat(ground.isRegistered(key(1))).isFalse();
    assertThat(ground.others.told).endsWith("del dhcp6-core/0x00000001");
    assertThat(ground.notebook.counted(AsapCount.REMOVED_BY_REPORTS)).isEqualTo(1);
  }

  @Test
  @DisplayName("P-102: reports are forgotten after a minute, and when the element registers again")
  void reportsAreForgotten() {
    reports("r1", "r2", "r3");
    ground.pass(Duration.ofSeconds(60));
    reports("r4");
    assertThat(ground.isRegistered(key(1))).isTrue();

    reports("r5", "r6");
    ground.accepted(server, udp(1));
    reports("r7");
    assertThat(ground.isRegistered(key(1))).isTrue();
  }

  @Test
  @DisplayName("P-164: one user alone cannot remove an element that answers")
  void oneUserAloneRemovesNobody() {
    long relay = ground.user("r1");
    long again = ground.user("r1");
    for (int i = 0; i < 200; i++) {
      ground.report(relay, key(1));
      ground.report(again, key(1));
      ground.pass(Duration.ofMillis(250));
    }
    assertThat(ground.isRegistered(key(1))).isTrue();
    assertThat(ground.registrar.status().elements(handle(), ground.now).get(0).reports())
        .isEqualTo(1);
  }

  private static io.leasehold.pool.PoolHandle handle() {
    return new io.leasehold.pool.PoolHandle(POOL.octets());
  }

  @Test
  @DisplayName("P-165: of a flood of reports ten in a second are read, and others are served")
  void floodsOfReportsAreCut() {
    long flooder = ground.user("r1");
    for (int i = 0; i < 2000; i++) {
      ground.report(flooder, key(1));
    }

    assertThat(ground.notebook.counted(AsapCount.REPORTS)).isEqualTo(10);
    assertThat(ground.notebook.counted(AsapCount.REPORTS_OVER_BUDGET)).isEqualTo(1990);
    assertThat(ground.asked).hasSize(1);
    assertThat(ground.resolve(ground.user("r2"), POOL).elements()).hasSize(1);
  }

  @Test
  @DisplayName("7.8: reports of what is registered elsewhere, or nowhere, are left to others")
  void reportsOfOthersElementsAreIgnored() {
    ground.space.put(POOL, udp(2).ownedBy(0x22222222L));
    ground.report(ground.user("r1"), key(2));
    ground.report(ground.user("r1"), key(3));

    assertThat(ground.notebook.counted(AsapCount.REPORTS_OF_NOBODY_HERE)).isEqualTo(2);
    assertThat(ground.connects).isEmpty();
  }

  @Test
  @DisplayName("P-168: who is not known reports nobody to a secure registrar")
  void strangersReportNobody() {
    long plain = ground.plain(HERE);
    ground.report(plain, key(1));
    assertThat(ground.asked).isEmpty();
    assertThat(ground.notebook.counted(AsapCount.REFUSED_NOT_SECURE)).isEqualTo(1);
  }
}
