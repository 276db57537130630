// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6MessageType;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** RFC 8156 section 5.4. */
final class TransactionIdsTest {
  private static final int BNDUPD = Dhcp6MessageType.BNDUPD;

  @Test
  void zeroIsLeftOutWhereTheNumbersBeginAgain() {
    TransactionIds ids = new TransactionIds(Side.idsFrom(0xfffffe));
    assertThat(ids.next(BNDUPD)).isEqualTo(0xfffffe);
    assertThat(ids.next(BNDUPD)).isEqualTo(0xffffff);
    assertThat(ids.next(BNDUPD)).isEqualTo(1);
  }

  @Test
  void anIdThatIsWaitedForIsNotUsedAgainAfterTheWrap() {
    TransactionIds ids = new TransactionIds(Side.idsFrom(0xfffffe));
    int request = ids.next(Dhcp6MessageType.UPDREQALL);
    int clashes = 0;
    for (int i = 0; i < 0xffffff; i++) {
      int id = ids.next(BNDUPD);
      clashes += id == request ? 1 : 0;
      ids.settled(id);
    }
    assertThat(clashes).isZero();

    ids.settled(request);
    assertComesAgain(ids, request);
  }

  private static void assertComesAgain(TransactionIds ids, int expected) {
    int next = ids.next(Dhcp6MessageType.CONTACT);
    for (int i = 0; i < 0xffffff && next != expected; i++) {
      next = ids.next(Dhcp6MessageType.CONTACT);
    }
    assertThat(next).isEqualTo(expected);
  }

  @Test
  void idsAreUniqueWhileAnswersAreHeldBack() {
    Side side = Side.secondary().up();
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < 4096; i++) {
      int id = side.session.send(BNDUPD, Options.EMPTY, side.now());
      assertThat(seen.add(id)).isTrue();
    }
  }

  @Test
  void answersHaveTheIdOfWhatTheyAnswer() {
    Side side = Side.secondary().up();
    side.session.answer(Dhcp6MessageType.UPDDONE, 0xabcdef, Options.EMPTY, side.now());
    side.session.answer(Dhcp6MessageType.BNDREPLY, 0, Options.EMPTY, side.now());
    side.drain();
    assertThat(side.sent(1).get(2).transactionId()).isEqualTo(0xabcdef);
    assertThat(side.sent(1).get(3).transactionId()).isZero();
  }

  @Test
  void theFirstIsRandomAndNeverZero() {
    Set<Integer> first = new HashSet<>();
    for (int seed = 0; seed < 100; seed++) {
      int id = new TransactionIds(new Random(seed)).next(BNDUPD);
      assertThat(id).isBetween(1, 0xffffff);
      first.add(id);
    }
    assertThat(first).hasSizeGreaterThan(90);
  }

  @Test
  void whoNeverAnswersIsNotRememberedForEver() {
    TransactionIds ids = new TransactionIds(Side.idsFrom(1));
    int first = ids.next(BNDUPD);
    for (int i = 0; i < 20_000; i++) {
      ids.next(BNDUPD);
    }
    assertComesAgain(ids, first);
  }
}
