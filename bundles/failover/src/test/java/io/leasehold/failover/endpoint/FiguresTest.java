// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import static io.leasehold.codec.failover.ServerState.COMMUNICATIONS_INTERRUPTED;
import static io.leasehold.codec.failover.ServerState.NORMAL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The conversations of figures 7 to 9 of RFC 8156, as they are on the wire; {@code >} is the
 * primary's.
 */
final class FiguresTest {
  @Test
  void figure7RecoverFromAPartnerThatServesAlone() {
    TestPair pair = TestPair.normal();
    pair.pass(100);
    pair.crash(pair.primary);
    pair.secondary.order(Order.PARTNER_DOWN);
    pair.secondary.give(2, 600);
    pair.secondary.give(4, 600);
    pair.pass(10);
    pair.wire.clear();
    pair.boot(pair.primary);
    pair.passUntil(4000, () -> pair.areBoth(NORMAL));
    assertThat(pair.wire)
        .containsSubsequence(
            "> STATE RECOVER",
            "> UPDREQ",
            "< BNDUPD",
            "> BNDREPLY",
            "< UPDDONE",
            "> STATE RECOVER-WAIT",
            "> STATE RECOVER-DONE",
            "< STATE NORMAL",
            "> STATE NORMAL");
    assertThat(count(pair.wire, "< BNDUPD")).isEqualTo(2);
    assertThat(count(pair.wire, "> BNDREPLY")).isEqualTo(2);
  }

  @Test
  void figure8InterruptedAndBack() {
    TestPair pair = TestPair.normal();
    pair.pass(100);
    pair.cut();
    assertThat(pair.areBoth(COMMUNICATIONS_INTERRUPTED)).isTrue();
    pair.primary.give(1, 600);
    pair.secondary.give(2, 600);
    pair.heal();
    pair.wire.clear();
    pair.pass(60);
    assertThat(pair.wire.subList(0, 2)).containsExactly("> CONNECT", "< CONNECTREPLY");
    assertThat(pair.wire)
        .containsSubsequence(
            "> STATE COMMUNICATIONS-INTERRUPTED", "> STATE NORMAL", "> BNDUPD", "< BNDREPLY")
        .containsSubsequence(
            "< STATE COMMUNICATIONS-INTERRUPTED",
            "< STATE NORMAL",
            "< BNDUPD",
            "> BNDREPLY",
            "< POOLREQ",
            "> POOLRESP");
    assertThat(count(pair.wire, "> BNDUPD")).isEqualTo(1);
    assertThat(count(pair.wire, "< BNDUPD")).isEqualTo(1);
  }

  @Test
  void figure9OutOfAConflict() {
    TestPair pair = TestPair.normal();
    pair.pass(100);
    pair.cut();
    pair.primary.order(Order.PARTNER_DOWN);
    pair.secondary.order(Order.PARTNER_DOWN);
    pair.primary.give(1, 600);
    pair.secondary.give(2, 600);
    pair.pass(10);
    pair.heal();
    pair.wire.clear();
    pair.pass(60);
    assertThat(pair.wire)
        .containsSubsequence(
            "> STATE POTENTIAL-CONFLICT",
            "> UPDREQ",
            "< BNDUPD",
            "> BNDREPLY",
            "< UPDDONE",
            "> STATE CONFLICT-DONE",
            "< UPDREQ",
            "> UPDDONE",
            "< STATE NORMAL",
            "> STATE NORMAL",
            "> POOLRESP")
        .containsSubsequence("> STATE CONFLICT-DONE", "> BNDUPD", "< BNDREPLY", "> UPDDONE")
        .containsSubsequence("< STATE NORMAL", "< POOLREQ", "> POOLRESP");
    assertThat(count(pair.wire, "> STATE POTENTIAL-CONFLICT")).isEqualTo(1);
    assertThat(count(pair.wire, "< STATE POTENTIAL-CONFLICT")).isEqualTo(1);
  }

  private static long count(List<String> wire, String what) {
    return wire.stream().filter(what::equals).count();
  }
}
