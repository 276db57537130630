// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import static io.leasehold.registrar.asap.Ground.POOL;
import static io.leasehold.registrar.asap.Ground.key;
import static io.leasehold.registrar.asap.Ground.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.asap.DeregistrationResponse;
import io.leasehold.rserpool.wire.asap.EndpointKeepAlive;
import io.leasehold.rserpool.wire.asap.EndpointKeepAliveAck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 5352 section 3.5; RFC 5355 sections 2.13 and 2.14. */
final class AsapKeepAliveTest {
  private final Ground ground = new Ground();
  private final long server = ground.element("server-1");

  private List<Long> times(long session) {
    return ground.asked.stream()
        .filter(each -> each.session() == session)
        .map(Ground.Asked::millis)
        .toList();
  }

  @Test
  @DisplayName("P-099: who is reported is asked at once, on its connection, and stays where it is")
  void whoIsReportedIsAskedAtOnce() {
    ground.accepted(server, udp(1));

    ground.report(ground.user("relay"), key(1));

    EndpointKeepAlive question = ground.last(server, EndpointKeepAlive.class);
    assertThat(question)
        .isEqualTo(new EndpointKeepAlive(false, OtherRegistrars.ID, POOL, OptionalLong.empty()));
  }

  @Test
  @DisplayName("P-100, P-126: who does not answer in time is removed, and everybody is told")
  void whoDoesNotAnswerIsRemoved() {
    ground.accepted(server, udp(1));
    ground.report(ground.user("relay"), key(1));
    ground.pass(Duration.ofMillis(4999));
    assertThat(ground.isRegistered(key(1))).isTrue();

    ground.pass(Duration.ofMillis(1));

    assertThat(ground.isRegistered(key(1))).isFalse();
    assertThat(ground.others.told).endsWith("del dhcp6-core/0x00000001");
    assertThat(ground.last(server, DeregistrationResponse.class).key()).isEqualTo(key(1));
    assertThat(ground.notebook.counted(AsapCount.KEEP_ALIVES_FAILED)).isEqualTo(1);
  }

  @Test
  @DisplayName("P-100: who cannot be sent to is removed")
  void whoCannotBeSentToIsRemoved() {
    ground.accepted(server, udp(1));
    ground.stuck.add(server);

    ground.report(ground.user("relay"), key(1));

    assertThat(ground.isRegistered(key(1))).isFalse();
  }

  @Test
  @DisplayName("P-101: who answers stays")
  void whoAnswersStays() {
    ground.accepted(server, udp(1));
    ground.isAlive(server, key(1));
    long relay = ground.user("relay");
    for (int i = 0; i < 60; i++) {
      ground.report(relay, key(1));
      ground.pass(Duration.ofSeconds(1));
    }
    assertThat(ground.isRegistered(key(1))).isTrue();
  }

  @Test
  @DisplayName("P-101: an answer counts from the connection of the element only")
  void answersOfOthersDoNotCount() {
    ground.accepted(server, udp(1));
    long other = ground.element("server-2");
    ground.report(ground.user("relay"), key(1));

    ground.say(other, new EndpointKeepAliveAck(POOL, 1));
    ground.pass(Duration.ofSeconds(5));

    assertThat(ground.isRegistered(key(1))).isFalse();
  }

  @Test
  @DisplayName("2.2.7: of two elements of a pool on a connection each is asked by its identifier")
  void eachOfTwoIsAskedByName() {
    ground.accepted(server, udp(1));
    ground.accepted(server, udp(2));

    ground.report(ground.user("relay"), key(2));

    assertThat(ground.last(server, EndpointKeepAlive.class).element()).hasValue(2);
  }

  @Test
  @DisplayName("P-103: periodic questions are spread over time")
  void questionsAreSpread() {
    List<Integer> perSlot = new ArrayList<>();
    Ground many = new Ground(Settings.withItems(100));
    long session = many.element("server-1");
    for (int i = 0; i < 1000; i++) {
      PoolHandle pool = PoolHandle.of("dhcp6-" + i);
      many.accepted(session, pool, udp(1));
      many.isAlive(session, new ElementKey(pool, 1));
    }
    Map<Long, Integer> slots = new HashMap<>();
    many.pass(Duration.ofSeconds(60));
    many.asked.forEach(each -> slots.merge(each.millis() / 100, 1, Integer::sum));
    perSlot.addAll(slots.values());

    assertThat(many.asked.size()).isBetween(10_500, 13_500);
    double mean = many.asked.size() / 600.0;
    assertThat(perSlot).allSatisfy(count -> assertThat((double) count).isLessThan(3 * mean));
  }

  @Test
  @DisplayName("P-103: a question comes after half of the period to one and a half")
  void periodsAreFromHalfToOneAndAHalf() {
    ground.accepted(server, udp(1));
    ground.isAlive(server, key(1));
    ground.pass(Duration.ofMinutes(4));
    List<Long> at = times(server);
    assertThat(at.size()).isGreaterThan(30);
    for (int i = 1; i < at.size(); i++) {
      assertThat(at.get(i) - at.get(i - 1)).isBetween(2500L, 7501L);
    }
  }

  @Test
  @DisplayName(
      "P-166: an element is asked once at a time, at most once in a second, however many report it")
  void anElementIsNotFlooded() {
    ground.accepted(server, udp(1));
    ground.isAlive(server, key(1));
    List<Long> relays = List.of(ground.user("r1"), ground.user("r2"), ground.user("r3"));
    for (int i = 0; i < 1000; i++) {
      relays.forEach(relay -> ground.report(relay, key(1)));
      ground.pass(Duration.ofMillis(10));
    }

    List<Long> at = times(server);
    assertThat(at.size()).isBetween(9, 11);
    for (int i = 1; i < at.size(); i++) {
      assertThat(at.get(i) - at.get(i - 1)).isGreaterThanOrEqualTo(1000);
    }
    assertThat(ground.isRegistered(key(1))).isTrue();
  }

  @Test
  @DisplayName("P-166: while an answer is awaited nothing else is asked")
  void oneQuestionAtATime() {
    ground.accepted(server, udp(1));
    long relay = ground.user("relay");
    for (int i = 0; i < 4; i++) {
      ground.report(relay, key(1));
      ground.pass(Duration.ofMillis(1100));
    }
    assertThat(times(server)).hasSize(1);
  }
}
