// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.net.Duid;
import io.leasehold.net.Family;
import io.leasehold.server.lane.Lane;
import io.leasehold.server.lane.Limits;
import io.leasehold.server.lease.StandardPolicies;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.relay.Entrance;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who works for a lane. The lane's own thread does nothing here but when a test lets it. */
class LaneThreadTest {
  private static final Duid SERVER = Duid.ofText("00:02:00:00:00:09:01");
  private static final int MUCH = 33;

  private final Counters counters = new Counters();
  private final List<LaneThread> lanes = new ArrayList<>();
  private final HeldStore store = new HeldStore();
  private final Wire wire = new Wire();
  private final Engine engine =
      new Engine(
          new Engine.Size(1, 4096, Limits.NONE),
          counters,
          new OnDemand(),
          committed -> {},
          new Prober(() -> null, counters));

  /** A lane's thread has its round when somebody waits for it. */
  private final class OnDemand implements Engine.Host {
    @Override
    public InstantSource clock() {
      return InstantSource.system();
    }

    @Override
    public RandomGenerator chance() {
      return RandomGenerator.of("L64X128MixRandom");
    }

    @Override
    public void start(LaneThread lane) {
      lanes.add(lane);
    }

    @Override
    public void await(CompletableFuture<?> done) {
      lanes.forEach(LaneThread::round);
      done.join();
    }
  }

  @BeforeEach
  void load() throws IOException {
    engine.load(
        store,
        EngineTest.regime("2001:db8:%d::/64", 1, counters),
        word -> StandardPolicies.named(word).orElseThrow());
    lane().round();
  }

  private LaneThread lane() {
    return lanes.get(0);
  }

  private void gather(int clients) {
    for (int n = 0; n < clients; n++) {
      engine.inbound(Family.IPV6, Entrance.WIDE).gather(Wire.solicit(n), wire.path("eth0"));
    }
  }

  @Test
  void whoBringsARequestAnswersIt() {
    engine.inbound(Family.IPV6, Entrance.WIDE).message(Wire.solicit(1), wire.path("eth0"));

    assertThat(wire.count(Dhcp6MessageType.ADVERTISE)).isEqualTo(1);
  }

  @Test
  void whatCameAtOnceIsAnsweredInOneTurn() {
    gather(3);
    assertThat(wire.replies).isEmpty();

    engine.inbound(Family.IPV6, Entrance.WIDE).gathered();

    assertThat(wire.count(Dhcp6MessageType.ADVERTISE)).isEqualTo(3);
  }

  @Test
  void muchIsLeftToTheThreadOfTheLane() {
    gather(MUCH);
    engine.inbound(Family.IPV6, Entrance.WIDE).gathered();
    assertThat(wire.replies).isEmpty();

    assertThat(lane().round()).isTrue();

    assertThat(wire.count(Dhcp6MessageType.ADVERTISE)).isEqualTo(MUCH);
  }

  @Test
  void whatCameWhileTheStoreWasBusyIsAnsweredByWhoSaysThatItIsDone() {
    store.hold();
    for (int n = 0; n < 3; n++) {
      engine
          .inbound(Family.IPV6, Entrance.WIDE)
          .message(Wire.request(n, SERVER), wire.path("eth0"));
    }
    assertThat(store.waiting()).isEqualTo(1);

    store.release();

    assertThat(wire.count(Dhcp6MessageType.REPLY)).isEqualTo(3);
    assertThat(counters.snapshot()).containsEntry("leases-committed", 3L);
  }

  @Test
  void tasksOfTheServerAreForTheThreadOfTheLane() {
    CompletableFuture<Integer> size = lane().call(lane -> lane.size(Family.IPV6));
    engine.inbound(Family.IPV6, Entrance.WIDE).message(Wire.solicit(1), wire.path("eth0"));
    assertThat(wire.count(Dhcp6MessageType.ADVERTISE)).isEqualTo(1);
    assertThat(size).isNotDone();

    lane().round();

    assertThat(size).isCompletedWithValue(0);
  }

  @Test
  void nobodyAnswersDuringAPause() {
    CompletableFuture<Void> paused = lane().pause();
    lane().round();
    assertThat(paused).isCompleted();

    engine.inbound(Family.IPV6, Entrance.WIDE).message(Wire.solicit(1), wire.path("eth0"));
    assertThat(wire.replies).isEmpty();
    lane().resume();
    lane().round();

    assertThat(wire.count(Dhcp6MessageType.ADVERTISE)).isEqualTo(1);
  }

  @Test
  void aPauseIsThereWhenTheStoreHasDoneWhatItHad() {
    store.hold();
    engine.inbound(Family.IPV6, Entrance.WIDE).message(Wire.request(1, SERVER), wire.path("eth0"));
    CompletableFuture<Void> paused = lane().pause();
    lane().round();
    assertThat(paused).isNotDone();

    store.release();

    assertThat(paused).isCompleted();
  }

  @Test
  void nobodyWorksForALaneThatHasEnded() {
    lane().call(Lane::newTable);
    CompletableFuture.runAsync(lane()::stop)
        .orTimeout(20, java.util.concurrent.TimeUnit.SECONDS)
        .join();
    lane().round();

    engine.inbound(Family.IPV6, Entrance.WIDE).message(Wire.solicit(1), wire.path("eth0"));

    assertThat(wire.replies).isEmpty();
  }
}
