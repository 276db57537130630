// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.LeaseState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class UnitStatesTest {
  @Property(tries = 100)
  void isAMap(@ForAll @Size(max = 500) List<Integer> units, @ForAll LeaseState last) {
    UnitStates states = new UnitStates();
    Map<Long, LeaseState> model = new HashMap<>();
    LeaseState[] all = LeaseState.values();
    for (int i = 0; i < units.size(); i++) {
      long unit = units.get(i) % 97L * 1_000_003L;
      LeaseState state = i == units.size() - 1 ? last : all[i % all.length];
      LeaseState before = model.put(unit, state);
      assertThat(states.set(unit, state)).isEqualTo(before == null ? LeaseState.FREE : before);
    }
    model.forEach((unit, state) -> assertThat(states.of(unit)).isEqualTo(state));
    Set<Long> backup = new HashSet<>();
    states.each(LeaseState.FREE_BACKUP, backup::add);
    assertThat(backup)
        .isEqualTo(
            model.entrySet().stream()
                .filter(entry -> entry.getValue() == LeaseState.FREE_BACKUP)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet()));
  }

  @Test
  void whatBecameFreeMakesRoom() {
    UnitStates states = new UnitStates();
    for (long unit = 0; unit < 1_000_000; unit++) {
      states.set(unit, LeaseState.ACTIVE);
      states.set(unit, LeaseState.FREE);
    }
    states.set(5, LeaseState.ACTIVE);
    assertThat(states.of(5)).isEqualTo(LeaseState.ACTIVE);
    assertThat(states.of(6)).isEqualTo(LeaseState.FREE);
    assertThat(states.slots()).isLessThan(1000);
  }
}
