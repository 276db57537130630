// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.prefix;

import static io.leasehold.relay.agent.prefix.KeeperOfTests.FIRST;
import static io.leasehold.relay.agent.prefix.KeeperOfTests.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.configuration.Keys;
import io.leasehold.net.Bytes;
import io.leasehold.net.Prefix;
import io.leasehold.relay.agent.RelaySettings;
import io.leasehold.relay.agent.SettingsReader;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Prefixes that survive, and routes that are as they should be (RFC 8987 sections 4.2 and 4.3). */
final class PrefixKeeperTest {
  private final KeeperOfTests relay = new KeeperOfTests();

  @Test
  void prefixesSurviveARestart() {
    relay.delegated(FIRST, 100);
    relay.delegated(SECOND, 0xffff_ffffL);
    relay.turn();
    relay.delegated(FIRST, 200);
    relay.turn();
    KeeperOfTests next = relay.restarted();
    next.turn();
    assertThat(next.prefixes()).isEqualTo(relay.prefixes()).hasSize(2);
    assertThat(next.keeper.prefixes()).isEqualTo(relay.keeper.prefixes());
    assertThat(next.table.routes).isEqualTo(relay.table.routes);
  }

  @Test
  void whatWasDurableBeforeAnyRouteIsThere() {
    relay.turn();
    relay.table.failure = "no route";
    relay.delegated(FIRST, 100);
    relay.turn();
    assertThat(relay.medium.content.toUtf8()).contains("2001:db8:1::/48");
  }

  @Test
  void whatHasGoneDoesNotComeBack() {
    relay.delegated(FIRST, 100);
    relay.turn();
    relay.fromClient(
        Dhcp6MessageType.RELEASE,
        "eth1",
        KeeperOfTests.HOP,
        KeeperOfTests.CLIENT,
        KeeperOfTests.association(1, FIRST, 0));
    relay.turn();
    KeeperOfTests next = relay.restarted();
    next.turn();
    assertThat(next.prefixes()).isEmpty();
  }

  @Test
  void whatEndedMeanwhileLosesItsRoute() {
    relay.delegated(FIRST, 100);
    relay.turn();
    KeeperOfTests next = relay.restarted();
    next.nowMillis += 100_000;
    next.turn();
    assertThat(next.prefixes()).isEmpty();
    assertThat(next.table.done).containsExactly("remove 2001:db8:1::/48 fe80::a eth1");
    KeeperOfTests third = next.restarted();
    third.turn();
    assertThat(third.table.done).isEmpty();
  }

  @Test
  void lineThatWasHalfWrittenCostsItselfOnly() {
    relay.delegated(FIRST, 100);
    relay.turn();
    relay.delegated(SECOND, 100);
    for (int octets = 0; octets < 90; octets++) {
      KeeperOfTests cut = copy(relay);
      cut.medium.octetsUntilFailure = octets;
      cut.turn();
      cut.delegated(SECOND, 100);
      cut.turn();
      KeeperOfTests next = cut.restarted();
      next.medium.octetsUntilFailure = -1;
      next.turn();
      assertThat(next.prefixes()).as("%d octets", octets).contains("2001:db8:1::/48 fe80::a eth1");
      next.delegated(SECOND, 100);
      next.turn();
      KeeperOfTests last = next.restarted();
      last.turn();
      assertThat(last.prefixes()).as("%d octets", octets).hasSize(2);
    }
  }

  private static KeeperOfTests copy(KeeperOfTests other) {
    KeeperOfTests.MemoryMedium medium = new KeeperOfTests.MemoryMedium();
    medium.content = other.medium.content;
    KeeperOfTests copy = new KeeperOfTests(medium, KeeperOfTests.SETTINGS);
    copy.turn();
    // Whatever was read is written anew once; from then on it is appended.
    copy.delegated(FIRST, 100);
    copy.turn();
    return copy;
  }

  @Test
  void changedOctetCostsOneLine() {
    relay.delegated(FIRST, 100);
    relay.delegated(SECOND, 100);
    relay.turn();
    relay.medium.content = Bytes.ofUtf8(relay.medium.content.toUtf8().replace("db8:1", "db8:9"));
    KeeperOfTests next = relay.restarted();
    next.turn();
    assertThat(next.prefixes()).containsExactly("2001:db8:2:300::/56 fe80::a eth1");
    assertThat(next.alarms.sentences(next.nowMillis))
        .containsExactly("memory: 1 damaged lines are left out");
  }

  @Test
  void fileOfAnotherKindIsLeftAlone() {
    relay.medium.content = Bytes.ofUtf8("leasehold-prefixes 2\nwhatever\n");
    relay.delegated(FIRST, 100);
    assertThat(relay.turn()).isEqualTo(relay.nowMillis + 10_000);
    relay.later(10_000);
    assertThat(relay.medium.content.toUtf8()).startsWith("leasehold-prefixes 2\n");
    assertThat(relay.alarms.sentences(relay.nowMillis))
        .anyMatch(each -> each.contains("this version can read"));
  }

  @Test
  void failedWriteIsDoneAgainAndRoutesDoNotWaitForIt() {
    relay.turn();
    relay.medium.failing = true;
    relay.delegated(FIRST, 100);
    assertThat(relay.turn()).isEqualTo(relay.nowMillis + 10_000);
    assertThat(relay.table.routes).containsKey(FIRST);
    relay.delegated(SECOND, 100);
    relay.turn();
    assertThat(relay.count(PrefixEvent.PREFIX_WRITE_FAILED)).isEqualTo(1);
    assertThat(relay.alarms.sentences(relay.nowMillis))
        .anyMatch(each -> each.contains("a restart forgets them: no medium"));
    relay.medium.failing = false;
    relay.later(10_000);
    KeeperOfTests next = relay.restarted();
    next.turn();
    assertThat(next.prefixes()).hasSize(2);
  }

  @Test
  void fileDoesNotGrowWithoutEnd() {
    for (int i = 0; i < 6_000; i++) {
      relay.delegated(FIRST, 100 + i % 2);
      relay.turn();
    }
    assertThat(relay.medium.content.length()).isLessThan(300_000);
    assertThat(relay.medium.appends).isGreaterThan(5_900);
    assertThat(relay.medium.replaces).isGreaterThan(1);
  }

  @Test
  void manyChangesAreOneWrite() {
    relay.delegated(FIRST, 100);
    relay.turn();
    relay.delegated(FIRST, 101);
    relay.delegated(SECOND, 100);
    relay.delegated(FIRST, 102);
    relay.turn();
    assertThat(relay.medium.appends).isEqualTo(1);
    assertThat(relay.wakes).isGreaterThan(3);
  }

  @Test
  void failedRouteIsTriedAgainEverMoreSeldom() {
    relay.table.failure = "no such device";
    relay.delegated(FIRST, 1000);
    assertThat(relay.turn()).isEqualTo(relay.nowMillis + 1000);
    assertThat(relay.keeper.prefixes()).noneMatch(each -> each.routed());
    assertThat(relay.alarms.sentences(relay.nowMillis))
        .anyMatch(each -> each.startsWith("interface eth1") && each.endsWith(": no such device"));
    assertThat(relay.later(1000)).isEqualTo(relay.nowMillis + 2000);
    assertThat(relay.later(2000)).isEqualTo(relay.nowMillis + 4000);
    for (int i = 0; i < 10; i++) {
      relay.later(64_000);
    }
    assertThat(relay.turn()).isEqualTo(relay.nowMillis + 64_000);
    relay.table.failure = "";
    relay.later(64_000);
    assertThat(relay.keeper.prefixes()).allMatch(each -> each.routed());
    assertThat(relay.count(PrefixEvent.ROUTE_ADDED)).isEqualTo(1);
  }

  @Test
  void failedRemovalIsTriedAgainUnlessThePrefixComesBack() {
    relay.delegated(FIRST, 10);
    relay.turn();
    relay.table.failure = "busy";
    relay.later(10_000);
    relay.later(1_000);
    assertThat(relay.table.routes).containsKey(FIRST);
    relay.table.failure = "";
    relay.delegated(FIRST, 10);
    relay.turn();
    assertThat(relay.table.done).endsWith("add 2001:db8:1::/48 fe80::a eth1");
    relay.later(10_000);
    assertThat(relay.table.routes).isEmpty();
    assertThat(relay.later(60_000)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void nextProviderOfRoutesGetsThemAll() {
    relay.delegated(FIRST, 100);
    relay.turn();
    relay.keeper.use(null);
    relay.turn();
    assertThat(relay.keeper.prefixes()).noneMatch(each -> each.routed());
    relay.delegated(SECOND, 100);
    relay.turn();
    KeeperOfTests.Table another = new KeeperOfTests.Table();
    relay.keeper.use(another);
    relay.turn();
    assertThat(another.routes).containsOnlyKeys(FIRST, SECOND);
  }

  @Test
  void routesComeBackThatWentWithTheirInterface() {
    relay.keeper.configure(new PrefixSettings(true, 8, 100, true, 600_000));
    relay.delegated(FIRST, 10_000);
    assertThat(relay.turn()).isEqualTo(relay.nowMillis + 600_000);
    relay.table.routes.clear();
    relay.later(600_000);
    assertThat(relay.table.routes).containsKey(FIRST);
    assertThat(relay.count(PrefixEvent.ROUTE_ADDED)).isEqualTo(1);
  }

  @Test
  void aTurnDoesNotLastForEver() {
    for (int i = 1; i <= 8; i++) {
      for (int j = 1; j <= 2; j++) {
        relay.reply(
            "eth1",
            KeeperOfTests.HOP,
            Bytes.of(0, j),
            KeeperOfTests.association(1, Prefix.ofText("2001:db8:" + j + i + "::/48"), 100));
      }
    }
    assertThat(relay.keeper.turn(relay.nowMillis)).isEqualTo(relay.nowMillis);
    assertThat(relay.table.done).hasSize(8);
    relay.turn();
    assertThat(relay.table.routes).hasSize(16);
  }

  @Test
  void nothingIsReadOrKeptIfThatIsNotWanted() {
    KeeperOfTests off = new KeeperOfTests(relay.medium, PrefixSettings.NONE);
    relay.medium.failing = true;
    off.delegated(FIRST, 100);
    assertThat(off.turn()).isEqualTo(Long.MAX_VALUE);
    assertThat(off.prefixes()).isEmpty();
  }

  @Test
  void settingsAreReadFromTheFile() {
    assertThat(settings(Map.of())).isEqualTo(new PrefixSettings(true, 8, 4096, true, 600_000));
    assertThat(
            settings(
                Map.of(
                    "prefixes.remember", "false",
                    "prefixes.per.client", "3",
                    "prefixes.per.interface", "5",
                    "prefixes.check.sources", "false",
                    "routes.refresh.seconds", "0")))
        .isEqualTo(new PrefixSettings(false, 3, 5, false, 0));
    assertThat(settings(Map.of("mode", "ldra")).remembered()).isFalse();
    assertThat(settings(Map.of("family", "ipv4"))).isEqualTo(PrefixSettings.NONE);
  }

  private static PrefixSettings settings(Map<String, String> values) {
    Keys keys = Keys.of(values);
    RelaySettings relay = SettingsReader.read("campus", keys);
    return PrefixSettings.read(relay, keys);
  }
}
