// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class ExchangesTest {
  private final Exchanges exchanges = new Exchanges();

  @Test
  void transactionIdsAreUniqueAndLeadBack() {
    BitSet ids = new BitSet(1 << 24);
    for (int i = 0; i < Exchanges.CAPACITY; i++) {
      int slot = exchanges.take();
      int first = exchanges.xid(slot);
      exchanges.state[slot] = Exchanges.SECOND;
      int second = exchanges.xid(slot);
      boolean leadsBack = Exchanges.slot(first) == slot && Exchanges.slot(second) == slot;
      leadsBack &= Exchanges.half(first) == Exchanges.FIRST;
      leadsBack &= Exchanges.half(second) == Exchanges.SECOND;
      if ((first | second) >>> 24 != 0 || !leadsBack) {
        fail("ids %x and %x of slot %d", first, second, slot);
      }
      ids.set(first);
      ids.set(second);
    }
    assertThat(ids.cardinality()).isEqualTo(2 * Exchanges.CAPACITY);
    assertThat(exchanges.count()).isEqualTo(Exchanges.CAPACITY);
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

  @Test
  void aRetiredExchangesIdIsNotCurrent() {
    int slot = exchanges.take();
    int id = exchanges.xid(slot);
    assertThat(exchanges.isCurrent(id)).isTrue();

    exchanges.retire(slot);
    exchanges.giveBack(slot);

    assertThat(exchanges.isCurrent(id)).isFalse();
    assertThat(exchanges.count()).isZero();
  }

  @Test
  void aSlotRestsBeforeItIsUsedAgain() {
    int slot = exchanges.take();
    exchanges.giveBack(slot);
    for (int i = 0; i < 60_000; i++) {
      int next = exchanges.take();
      assertThat(next).isNotEqualTo(slot);
      exchanges.giveBack(next);
    }
  }
}
