// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.space;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.enrp.PoolEntry;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever happens, what is known and its checksums are those of a plain map. */
final class HandlespaceModelTest {
  private static final int OWNERS = 4;

  private final Handlespace space =
      new Handlespace(new SpaceLimits(100, 1000, 100, 1000), new Random(1));
  private final Map<ElementKey, PoolElement> model = new TreeMap<>();

  @Property(tries = 100)
  void spaceIsThatOfAMap(@ForAll long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      step(random);
      check(random);
    }
  }

  private void step(Random random) {
    ElementKey key = new ElementKey(PoolHandle.of("p" + random.nextInt(5)), random.nextInt(30));
    switch (random.nextInt(10)) {
      case 0, 1, 2, 3, 4, 5 -> {
        PoolElement element =
            new PoolElement(
                key.identifier(),
                random.nextInt(OWNERS),
                random.nextInt(),
                PortTransport.udp(Ipv6.ofText("192.0.2.1"), random.nextInt(65536)),
                PoolPolicy.ROUND_ROBIN,
                Optional.empty());
        space.put(key.handle(), element);
        model.put(key, element);
      }
      case 6, 7 -> assertThat(space.remove(key)).isEqualTo(Optional.ofNullable(model.remove(key)));
      case 8 -> {
        int from = random.nextInt(OWNERS);
        int to = random.nextInt(OWNERS);
        space.takeOver(from, to);
        model.replaceAll((any, each) -> each.home() == from ? each.ownedBy(to) : each);
      }
      default -> {
        int owner = random.nextInt(OWNERS);
        space.mark(owner);
        space.sweep(owner);
        model.values().removeIf(each -> each.home() == owner);
      }
    }
  }

  private void check(Random random) {
    assertThat(space.elements()).isEqualTo(model.size());
    for (long owner = 0; owner < OWNERS; owner++) {
      assertThat(space.checksum(owner)).isEqualTo(ElementSumTest.direct(keysOf(owner)));
      assertThat(space.elementsOf(owner)).isEqualTo(keysOf(owner).size());
    }
    Map<ElementKey, PoolElement> paged = new HashMap<>();
    Optional<ElementKey> after = Optional.empty();
    do {
      TablePage page =
          space.page(after, OptionalLong.empty(), 1 + random.nextInt(20), 1 + random.nextInt(900));
      for (PoolEntry entry : page.entries()) {
        entry
            .elements()
            .forEach(each -> paged.put(new ElementKey(entry.handle(), each.identifier()), each));
      }
      after = page.last();
    } while (after.isPresent());
    assertThat(paged).isEqualTo(model);
  }

  private List<ElementKey> keysOf(long owner) {
    return model.entrySet().stream()
        .filter(each -> each.getValue().home() == owner)
        .map(Map.Entry::getKey)
        .toList();
  }
}
