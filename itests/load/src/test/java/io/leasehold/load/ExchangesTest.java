// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExchangesTest {
  private final Exchanges exchanges = new Exchanges();

  @Test
  void transactionIdsAreUniqueAndLeadBack() {
    Set<Integer> ids = new HashSet<>();
    for (int i = 0; i < Exchanges.CAPACITY; i++) {
      int slot = exchanges.take();
      int first = exchanges.xid(slot);
      exchanges.state[slot] = Exchanges.SECOND;
      int second = exchanges.xid(slot);
      assertThat(ids.add(first) && ids.add(second)).isTrue();
      assertThat(first >>> 24 | second >>> 24).isZero();
      assertThat(Exchanges.slot(first)).isEqualTo(slot);
      assertThat(Exchanges.slot(second)).isEqualTo(slot);
      assertThat(Exchanges.half(first)).isEqualTo(Exchanges.FIRST);
      assertThat(Exchanges.half(second)).isEqualTo(Exchanges.SECOND);
    }
    assertThat(exchanges.take()).isEqualTo(-1);
  }

  @Test
  void anEarlierExchangesIdIsNotCurrent() {
    int slot = exchanges.take();
    int old = exchanges.xid(slot);
    exchanges.giveBack(slot);
    assertThat(exchanges.isCurrent(old)).isTrue();
    for (int i = 0; i < Exchanges.CAPACITY; i++) {
      exchanges.take();
    }

    assertThat(exchanges.isCurrent(old)).isFalse();
    assertThat(exchanges.isCurrent(exchanges.xid(slot))).isTrue();
  }
}
