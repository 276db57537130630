// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.GovernorView;
import io.leasehold.pool.element.Readiness;
import io.leasehold.pool.element.config.ElementFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is told of a server. */
final class ServerWatchTest {
  private final ServerOfTests server = new ServerOfTests();
  private final List<Readiness> told = new ArrayList<>();
  private final List<Double> loads = new ArrayList<>();

  private ServerWatch watch(String... more) {
    Map<String, String> file =
        new HashMap<>(
            Map.of(
                "pools", "dhcp6-core",
                "group", "7",
                "address", "2001:db8::5",
                "registrars", "tls://[2001:db8::9]",
                "channel", "pools"));
    for (int i = 0; i < more.length; i += 2) {
      file.put(more[i], more[i + 1]);
    }
    return new ServerWatch(ElementFile.read("core", file), server, told::add, loads::add);
  }

  @Test
  void onlyChangesAreTold() {
    ServerWatch watch = watch();
    watch.look();
    watch.look();
    assertThat(told).containsExactly(Readiness.ready(200, "the server answers"));

    server.obstacles = List.of("the store takes no changes");
    watch.look();
    watch.look();
    assertThat(told).hasSize(2).last().isEqualTo(Readiness.absent("the store takes no changes"));
  }

  @Test
  void aServerThatIsNotThereIsNotReady() {
    server.isThere = false;

    watch().look();

    assertThat(told).extracting(Readiness::isReady).containsExactly(false);
  }

  @Test
  void aServerThatDoesNotSayHowItIsIsNotReady() {
    ServerWatch watch = watch();
    watch.look();
    server.isBroken = true;
    watch.look();

    assertThat(told).extracting(Readiness::isReady).containsExactly(true, false);
  }

  @Test
  void withoutItsRelationshipTheServerIsNotReady() {
    ServerWatch watch = watch("failover", "pair-1");
    watch.look();
    server.hasFailover = true;
    watch.look();
    server.state = "PARTNER-DOWN";
    watch.look();
    server.service = GovernorView.Service.NONE;
    watch.look();

    assertThat(told).extracting(Readiness::isReady).containsExactly(false, true, true, false);
    assertThat(told).extracting(Readiness::rank).containsExactly(0L, 200L, 250L, 0L);
  }

  @Test
  void aRelationshipThatIsNotNamedIsNotAsked() {
    server.hasFailover = true;
    server.state = "RECOVER";

    watch("rank", "120").look();

    assertThat(told).containsExactly(Readiness.ready(120, "the server answers"));
  }

  @Test
  @DisplayName("P-197 load is looked for where the policy has one, and only there")
  void loadIsLookedForWhereThePolicyHasOne() {
    server.used = 25;
    ServerWatch watch = watch();
    watch.look();
    assertThat(loads).isEmpty();

    watch = watch("policy", "least-used");
    for (int i = 0; i < 21; i++) {
      watch.look();
    }
    assertThat(loads).containsExactly(0.25, 0.25);
  }

  @Test
  void loadIsNotLookedForWhileTheServerIsNotReady() {
    server.obstacles = List.of("the store takes no changes");

    watch("policy", "least-used").look();

    assertThat(loads).isEmpty();
  }

  @Test
  void loadThatNobodyKnowsIsNotTold() {
    server.isCounting = false;

    watch("policy", "least-used").look();

    assertThat(told).extracting(Readiness::isReady).containsExactly(true);
    assertThat(loads).isEmpty();
  }

  @Test
  void anotherRelationshipDoesNotCount() {
    server.hasFailover = true;
    server.relationship = "pair-2";
    watch("failover", "pair-1").look();
    server.relationship = "pair-1";
    server.governor = "pair-2";
    watch("failover", "pair-1").look();

    assertThat(told).extracting(Readiness::isReady).containsExactly(false, false);
  }

  @Test
  void afterItsEndNobodyLooks() throws InterruptedException {
    ServerWatch watch = watch();
    watch.begin();
    Set<Thread> watching = WatchThreads.alive();
    assertThat(watching).isNotEmpty();

    watch.close();

    for (Thread each : watching) {
      each.join(10_000);
      assertThat(each.isAlive()).as(each.getName()).isFalse();
    }
  }
}
