// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.space;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.policy.HashValues;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.enrp.HandleTableResponse;
import io.leasehold.rserpool.wire.enrp.PoolEntry;
import io.leasehold.rserpool.wire.parameter.OpaqueTransport;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.rserpool.wire.parameter.SctpTransport;
import io.leasehold.rserpool.wire.parameter.TransportParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a registrar knows. */
final class HandlespaceTest {
  private static final Ipv6 ADDRESS = Ipv6.ofText("2001:db8::1");
  private static final TransportParameter UDP = PortTransport.udp(ADDRESS, 547);
  private static final PoolHandle CORE = PoolHandle.of("core");
  private static final PoolHandle EDGE = PoolHandle.of("edge");
  private static final long ONE = 1;
  private static final long TWO = 2;

  private final Handlespace space = new Handlespace(SpaceLimits.DEFAULT, new Random(1));

  private static PoolElement element(long identifier, long home) {
    return element(identifier, home, UDP, PoolPolicy.of(PolicyType.PRIORITY, identifier));
  }

  private static PoolElement element(
      long identifier, long home, TransportParameter transport, PoolPolicy policy) {
    return new PoolElement(identifier, home, 300, transport, policy, Optional.empty());
  }

  private static ElementKey key(PoolHandle handle, long identifier) {
    return new ElementKey(handle, identifier);
  }

  private List<ElementKey> all(OptionalLong owner, int elements, int octets) {
    List<ElementKey> found = new ArrayList<>();
    Optional<ElementKey> after = Optional.empty();
    do {
      TablePage page = space.page(after, owner, elements, octets);
      for (PoolEntry entry : page.entries()) {
        entry.elements().forEach(each -> found.add(key(entry.handle(), each.identifier())));
      }
      after = page.last();
    } while (after.isPresent());
    return found;
  }

  @Test
  void poolsComeAndGoWithTheirMembers() {
    assertThat(space.put(CORE, element(7, ONE))).isTrue();
    assertThat(space.put(CORE, element(0xffff_ffffL, ONE))).isTrue();
    assertThat(space.put(CORE, element(3, TWO))).isTrue();

    assertThat(space.pool(CORE).orElseThrow().members())
        .extracting(each -> each.element().identifier())
        .containsExactly(3L, 7L, 0xffff_ffffL);
    assertThat(space.remove(key(CORE, 9))).isEmpty();
    assertThat(space.remove(key(CORE, 7))).contains(element(7, ONE));
    assertThat(space.remove(key(CORE, 3))).isPresent();
    assertThat(space.owners()).containsExactly(ONE);
    assertThat(space.remove(key(CORE, 0xffff_ffffL))).isPresent();
    assertThat(space.pool(CORE)).isEmpty();
    assertThat(space.elements()).isZero();
    assertThat(space.owners()).isEmpty();
  }

  @Test
  void checksumsFollowTheOwner() {
    space.put(PoolHandle.of("EchoPool"), element(0xaaaa0001L, ONE));
    space.put(PoolHandle.of("PP5"), element(0xaaaa0003L, ONE));
    assertThat(space.checksum(ONE)).isEqualTo(0xb7a7);
    assertThat(space.checksum(TWO)).isEqualTo(0xffff);

    space.put(PoolHandle.of("EchoPool"), element(0xaaaa0001L, TWO));
    assertThat(space.checksum(ONE)).isEqualTo(0xd001);
    assertThat(space.checksum(TWO)).isEqualTo(0xe7a5);
    assertThat(space.elementsOf(TWO)).isEqualTo(1);

    assertThat(space.takeOver(ONE, TWO)).containsExactly(key(PoolHandle.of("PP5"), 0xaaaa0003L));
    assertThat(space.checksum(TWO)).isEqualTo(0xb7a7);
    assertThat(space.checksum(ONE)).isEqualTo(0xffff);
    assertThat(space.member(key(PoolHandle.of("PP5"), 0xaaaa0003L)).orElseThrow().element().home())
        .isEqualTo(TWO);
    assertThat(space.takeOver(TWO, TWO)).isEmpty();
    assertThat(space.checksum(TWO)).isEqualTo(0xb7a7);
  }

  @Test
  void registrationMustGoWithItsPool() {
    space.put(CORE, element(7, ONE));

    assertThat(space.refusal(CORE, element(8, ONE))).isEmpty();
    assertThat(space.refusal(CORE, element(8, ONE, UDP, PoolPolicy.ROUND_ROBIN)))
        .contains(
            ErrorCause.of(ErrorCause.INCONSISTENT_POLICY, PoolPolicy.of(PolicyType.PRIORITY, 0)));
    TransportParameter tcp = PortTransport.tcp(ADDRESS, 547);
    assertThat(space.refusal(CORE, element(8, ONE, tcp, PoolPolicy.of(PolicyType.PRIORITY, 1))))
        .contains(ErrorCause.of(ErrorCause.INCONSISTENT_TRANSPORT_TYPE, UDP));

    PoolPolicy priority = PoolPolicy.of(PolicyType.PRIORITY, 1);
    space.put(EDGE, element(1, ONE, new SctpTransport(1, true, List.of(ADDRESS)), priority));
    assertThat(
            space.refusal(
                EDGE, element(2, ONE, new SctpTransport(1, false, List.of(ADDRESS)), priority)))
        .contains(ErrorCause.of(ErrorCause.INCONSISTENT_DATA_CONTROL));
  }

  @Test
  void limitsAreKept() {
    Handlespace small = new Handlespace(new SpaceLimits(2, 4, 3, 60), new Random(1));
    Optional<ErrorCause> full = Optional.of(ErrorCause.of(ErrorCause.LACK_OF_RESOURCES));
    for (int i = 1; i <= 3; i++) {
      assertThat(small.put(CORE, element(i, ONE))).isTrue();
    }
    // The pool is full, but who is in it may register again.
    assertThat(small.refusal(CORE, element(4, ONE))).isEqualTo(full);
    assertThat(small.put(CORE, element(4, ONE))).isFalse();
    assertThat(small.refusal(CORE, element(3, ONE))).isEmpty();
    assertThat(small.put(CORE, element(3, TWO))).isTrue();
    // All pools are.
    assertThat(small.put(EDGE, element(1, ONE))).isTrue();
    assertThat(small.refusal(EDGE, element(2, ONE))).isEqualTo(full);
    small.remove(key(CORE, 1));
    // There are as many pools as may be.
    assertThat(small.refusal(PoolHandle.of("third"), element(1, ONE))).isEqualTo(full);
    assertThat(small.put(PoolHandle.of("third"), element(1, ONE))).isFalse();
    // Nobody takes more than its share of octets.
    PoolElement large =
        element(
            2,
            ONE,
            new OpaqueTransport(Bytes.wrap(new byte[40])),
            PoolPolicy.of(PolicyType.PRIORITY, 1));
    assertThat(small.put(EDGE, large)).isFalse();
    assertThat(small.elements()).isEqualTo(3);
  }

  @Test
  void allMembersByClientHashFitIntoOneResponse() {
    Handlespace large =
        new Handlespace(new SpaceLimits(10, 100_000, 100_000, 60_000), new Random(1));
    PoolPolicy policy = HashValues.weighted(1, 1, 1).toPolicy();
    int count = 0;
    while (large.refusal(CORE, element(count, ONE, UDP, policy)).isEmpty()) {
      large.put(CORE, element(count++, ONE, UDP, policy));
    }
    int octets = count * element(1, ONE, UDP, policy).paddedLength();
    assertThat(octets).isBetween(64_500, 65_535 - 300);
    assertThat(large.refusal(CORE, element(1, ONE, UDP, policy))).isEmpty();
    assertThat(large.pool(CORE).orElseThrow().select(Integer.MAX_VALUE)).hasSize(count);

    PoolElement longer =
        element(0, ONE, PortTransport.udp(ADDRESS, 1), policy)
            .ownedBy(ONE, Optional.of(PortTransport.tcp(ADDRESS, 1)));
    for (int i = 0; i < 5; i++) {
      large.remove(key(CORE, count - 1 - i));
    }
    for (int i = 0; i < 5; i++) {
      assertThat(large.put(CORE, longer)).isTrue();
    }
    assertThat(large.refusal(CORE, element(count, ONE, UDP, policy))).isEmpty();
    int longOnes = 0;
    while (large.put(
        CORE, element(longOnes, ONE, UDP, policy).ownedBy(ONE, longer.asapTransport()))) {
      longOnes++;
    }
    assertThat(longOnes).isLessThan(20);
  }

  @Test
  void membersAreNamedByThePolicyOfThePool() {
    space.put(CORE, element(7, ONE));
    space.put(CORE, element(9, ONE));
    Pool pool = space.pool(CORE).orElseThrow();

    assertThat(pool.select(5)).extracting(PoolElement::identifier).containsExactly(9L, 7L);
    assertThat(pool.policy()).isEqualTo(PoolPolicy.of(PolicyType.PRIORITY, 0));
    assertThat(pool.transport()).isEqualTo(UDP);
  }

  @Test
  void pagesAreInTheOrderOfKeysAndOfTheirSize() {
    List<ElementKey> expected = new ArrayList<>();
    for (PoolHandle handle : List.of(CORE, EDGE)) {
      for (long i = 1; i <= 10; i++) {
        space.put(handle, element(i * 3, i % 2 == 0 ? TWO : ONE));
        expected.add(key(handle, i * 3));
      }
    }

    assertThat(all(OptionalLong.empty(), 3, 60_000)).isEqualTo(expected);
    assertThat(all(OptionalLong.empty(), 10, 60_000)).isEqualTo(expected);
    assertThat(all(OptionalLong.empty(), 100, 1)).isEqualTo(expected);
    assertThat(all(OptionalLong.of(TWO), 3, 60_000))
        .isEqualTo(expected.stream().filter(key -> key.identifier() % 2 == 0).toList());
    assertThat(all(OptionalLong.of(77), 3, 60_000)).isEmpty();

    TablePage page = space.page(Optional.empty(), OptionalLong.empty(), 100, 600);
    HandleTableResponse response = new HandleTableResponse(ONE, TWO, true, false, page.entries());
    assertThat(response.encode().length()).isBetween(500, 612);
    assertThat(space.page(Optional.empty(), OptionalLong.empty(), 20, 60_000).last()).isEmpty();
  }

  @Test
  void pagesGoOnWhereTheyEndedWhateverHasGone() {
    for (long i = 1; i <= 6; i++) {
      space.put(CORE, element(i, ONE));
      space.put(EDGE, element(i, ONE));
    }
    TablePage first = space.page(Optional.empty(), OptionalLong.empty(), 3, 60_000);
    for (long i = 2; i <= 6; i++) {
      space.remove(key(CORE, i));
    }
    assertThat(space.page(first.last(), OptionalLong.empty(), 3, 60_000).entries())
        .extracting(PoolEntry::handle)
        .containsExactly(EDGE);
    space.remove(key(CORE, 1));
    assertThat(space.page(first.last(), OptionalLong.empty(), 99, 60_000).entries().get(0))
        .extracting(entry -> entry.elements().size())
        .isEqualTo(6);
  }

  @Test
  void whatAnAccountDidNotHaveIsRemoved() {
    for (long i = 1; i <= 5; i++) {
      space.put(CORE, element(i, ONE));
    }
    space.put(CORE, element(6, TWO));
    space.mark(ONE);
    space.put(CORE, element(1, ONE)); // its account has it
    space.put(CORE, element(2, TWO)); // has moved meanwhile
    space.put(CORE, element(7, ONE)); // is new
    space.remove(key(CORE, 3));

    assertThat(space.sweep(ONE)).containsExactly(key(CORE, 4), key(CORE, 5));
    assertThat(space.pool(CORE).orElseThrow().members())
        .extracting(each -> each.element().identifier())
        .containsExactly(1L, 2L, 6L, 7L);
    assertThat(space.sweep(ONE)).isEmpty();
  }

  @Test
  void marksCanBeForgotten() {
    space.put(CORE, element(1, ONE));
    space.mark(ONE);
    assertThat(space.member(key(CORE, 1)).orElseThrow().isMarked()).isTrue();
    space.unmark(ONE);
    assertThat(space.sweep(ONE)).isEmpty();

    space.mark(ONE);
    space.takeOver(ONE, TWO);
    assertThat(space.sweep(TWO)).isEmpty();
  }
}
