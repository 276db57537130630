// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import static io.leasehold.codec.failover.ServerState.NORMAL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Much trouble at once, chosen by a seed; when it is over, all is well. */
final class TroubleTest {
  private static final long MCLT = 3600;
  private static final int RUNS = 25;
  private static final int TROUBLES = 30;

  private final List<String> story = new ArrayList<>();
  private SplittableRandom random;
  private TestPair pair;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void serversComeTogetherWhenTroubleIsOver(long seed) {
    for (int run = 0; run < RUNS; run++) {
      random = new SplittableRandom(seed * 1000 + run);
      story.clear();
      pair = new TestPair().boot();
      for (int i = 0; i < TROUBLES; i++) {
        trouble();
      }
      end();
      pair.passUntil(4 * MCLT, () -> pair.areBoth(NORMAL));
      pair.pass(120);
      assertThat(pair.areBoth(NORMAL)).as("seed %d run %d: %s", seed, run, story).isTrue();
      assertThat(pair.primary.content())
          .as("seed %d run %d: %s", seed, run, story)
          .isEqualTo(pair.secondary.content());
      pair.assertNormal();
    }
  }

  private void trouble() {
    Node node = random.nextBoolean() ? pair.primary : pair.secondary;
    int kind = random.nextInt(12);
    story.add(kind + (node == pair.primary ? "p" : "s"));
    switch (kind) {
      case 0 -> pair.cut();
      case 1 -> pair.heal();
      case 2 -> pair.crash(node);
      case 3 -> up(node);
      case 4 -> node.order(Order.PARTNER_DOWN);
      case 5 -> node.order(Order.FORCED_PARTNER_DOWN);
      case 6 -> slow(node, !node.isStoreSlow);
      case 7 -> node.isStoreFull = !node.isStoreFull;
      case 8 -> node.store();
      case 9 -> pair.pass(random.nextInt(4000));
      default -> give(node);
    }
    pair.settle();
    pair.pass(random.nextInt(20));
  }

  /** A client gets something if the server serves at all and its disk is not full. */
  private void give(Node node) {
    boolean isServing = node.isUp() && !node.isStoreFull && node.service().ordinal() > 1;
    if (isServing) {
      node.give(2 * random.nextInt(20) + (node == pair.primary ? 1 : 2), 600);
    }
  }

  private void slow(Node node, boolean isSlow) {
    node.isStoreSlow = isSlow;
    if (!isSlow) {
      node.store();
    }
  }

  private void up(Node node) {
    if (!node.isUp()) {
      pair.boot(node);
    }
  }

  private void end() {
    pair.heal();
    for (Node node : List.of(pair.primary, pair.secondary)) {
      node.isStoreFull = false;
      slow(node, false);
      up(node);
    }
    pair.settle();
  }
}
