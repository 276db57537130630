// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients stay with those who know them. */
final class ClientHashTest {
  private static final int CLIENTS = 100_000;

  private static PoolElement weighted(long identifier, long group, long weight, long rank) {
    return PoolOrderTest.element(identifier, HashValues.weighted(group, weight, rank).toPolicy());
  }

  private static PoolElement buckets(long identifier, long group, String hex, long rank) {
    return PoolOrderTest.element(
        identifier, HashValues.ofBuckets(group, Bytes.ofHex(hex), rank).toPolicy());
  }

  private static Bytes client(int number) {
    return Bytes.ofHex("0003000102000000%04x".formatted(number));
  }

  private static Bytes numbered(int number) {
    return Bytes.ofHex("00030001%012x".formatted(number));
  }

  private static List<Long> ids(List<PoolElement> elements) {
    return elements.stream().map(PoolElement::identifier).toList();
  }

  /** As a few lines of another language have it. */
  @ParameterizedTest
  @CsvSource({"1,7", "2,7", "3,7", "4,1", "5,1", "6,1"})
  void groupIsTheOneOfHighestScore(int number, long group) {
    ClientHash hash =
        new ClientHash(
            List.of(weighted(10, 1, 100, 1), weighted(11, 2, 100, 1), weighted(12, 7, 300, 1)));

    assertThat(hash.group(client(number))).hasValue(group);
  }

  @Test
  void membersOfAGroupAreTriedByRankThenByIdentifier() {
    ClientHash hash =
        new ClientHash(
            List.of(
                weighted(4, 1, 1, 100),
                weighted(3, 1, 1, 200),
                weighted(0xffff_ffffL, 1, 1, 200),
                weighted(1, 1, 1, 0xffff_ffffL)));

    assertThat(ids(hash.candidates(client(1)))).containsExactly(1L, 3L, 0xffff_ffffL, 4L);
  }

  @Test
  void othersFollowInTheOrderOfTheirScores() {
    ClientHash hash =
        new ClientHash(
            List.of(
                weighted(10, 1, 100, 1),
                weighted(11, 2, 100, 1),
                weighted(12, 7, 300, 1),
                weighted(13, 7, 300, 2)));

    assertThat(ids(hash.candidatesOfAll(client(2)))).containsExactly(13L, 12L, 11L, 10L);
    assertThat(ids(hash.candidatesOfAll(client(6)))).containsExactly(10L, 13L, 12L, 11L);
  }

  @Test
  void keysOfAnyLengthHaveTheirOwnOrder() throws Exception {
    List<PoolElement> elements = new ArrayList<>();
    for (int group = 1; group <= 20; group++) {
      elements.add(weighted(group, group, 100, 1));
    }
    ClientHash hash = new ClientHash(elements);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");

    for (int i = 0; i < 300; i++) {
      Bytes key = Bytes.ofHex("%02x".formatted(i & 0xff).repeat(i * 7 % 41));
      // With equal weights the score grows with the hash.
      List<Long> expected =
          elements.stream()
              .map(PoolElement::identifier)
              .sorted(
                  Comparator.comparing(
                          (Long group) ->
                              Bytes.wrap(
                                  digest.digest(
                                      Bytes.ofHex(key.toHex() + "%08x".formatted(group))
                                          .toArray())))
                      .reversed())
              .toList();

      assertThat(ids(hash.candidatesOfAll(key))).isEqualTo(expected);
    }
  }

  @Test
  void whoLeavesMovesOnlyItsOwnClients() {
    List<PoolElement> all = new ArrayList<>();
    for (int group = 1; group <= 5; group++) {
      all.add(weighted(group, group, group, 1));
    }
    List<PoolElement> rest = all.stream().filter(each -> each.identifier() != 3).toList();
    ClientHash before = new ClientHash(all);
    ClientHash after = new ClientHash(rest);

    int[] counts = new int[6];
    for (int i = 0; i < CLIENTS; i++) {
      long group = before.group(numbered(i)).getAsLong();
      counts[(int) group]++;
      if (group != 3) {
        assertThat(after.group(numbered(i)).getAsLong()).isEqualTo(group);
      }
    }
    for (int group = 1; group <= 5; group++) {
      assertThat(counts[group] * 15.0 / CLIENTS).isBetween(group * 0.97, group * 1.03);
    }
  }

  @Test
  void orderOfMembersDoesNotMatter() {
    List<PoolElement> elements =
        List.of(weighted(1, 9, 5, 1), weighted(2, 9, 5, 1), weighted(3, 8, 5, 1));
    List<PoolElement> other = List.of(elements.get(2), elements.get(1), elements.get(0));

    for (int i = 0; i < 100; i++) {
      assertThat(new ClientHash(elements).candidates(client(i)))
          .isEqualTo(new ClientHash(other).candidates(client(i)));
    }
  }

  @Test
  void groupWithoutAWeightHasNoClientsOfOthers() {
    ClientHash hash = new ClientHash(List.of(weighted(1, 1, 0, 1), weighted(2, 2, 1, 1)));
    for (int i = 0; i < 1000; i++) {
      assertThat(hash.group(numbered(i))).hasValue(2);
    }
    assertThat(new ClientHash(List.of(weighted(1, 1, 0, 1))).group(client(1))).hasValue(1);
  }

  /** Buckets 133 and 45 by the function of RFC 3074 section 6. */
  @Test
  void bucketsAreThoseOfRfc3074() {
    String bucket133 = "00".repeat(16) + "20" + "00".repeat(15);
    String bucket45 = "00".repeat(5) + "20" + "00".repeat(26);
    ClientHash hash =
        new ClientHash(List.of(buckets(1, 1, bucket133, 1), buckets(2, 2, bucket45, 1)));

    assertThat(hash.group(Bytes.ofHex("020000000001"))).hasValue(1);
    assertThat(hash.group(Bytes.ofHex("020000000002"))).hasValue(2);
    assertThat(hash.group(Bytes.ofHex("0a"))).isEmpty();
    assertThat(hash.candidates(Bytes.ofHex("0a"))).isEmpty();
    assertThat(ids(hash.candidatesOfAll(Bytes.ofHex("020000000001")))).containsExactly(1L);
  }

  @Test
  void overlappingBucketsBelongToTheLargerGroup() {
    String all = "ff".repeat(32);
    ClientHash hash =
        new ClientHash(List.of(buckets(1, 0xffff_ffffL, all, 1), buckets(2, 2, all, 1)));

    assertThat(hash.group(client(1))).hasValue(0xffff_ffffL);
  }

  @Test
  void bucketsDoNotGoWithWeights() {
    ClientHash hash =
        new ClientHash(List.of(buckets(1, 1, "ff".repeat(32), 1), weighted(2, 2, 1, 1)));

    assertThat(hash.group(client(1))).hasValue(2);
    assertThat(hash.ignored()).isEqualTo(1);
  }

  @Test
  void othersServeNobody() {
    ClientHash hash =
        new ClientHash(List.of(PoolOrderTest.element(1, PoolPolicy.of(PolicyType.PRIORITY, 1))));

    assertThat(hash.group(client(1))).isEqualTo(OptionalLong.empty());
    assertThat(hash.candidatesOfAll(client(1))).isEmpty();
    assertThat(hash.ignored()).isEqualTo(1);
  }

  @Test
  void valuesReturnFromThePolicy() {
    HashValues weighted = new HashValues(1, 2, Bytes.EMPTY, 3, 4);
    HashValues buckets = new HashValues(1, 0, Bytes.ofHex("0f".repeat(32)), 3, 4);

    assertThat(weighted.toPolicy().data())
        .isEqualTo(Bytes.ofHex("00000001000000020000000300000004"));
    assertThat(HashValues.of(weighted.toPolicy())).contains(weighted);
    assertThat(HashValues.of(buckets.toPolicy())).contains(buckets);
    assertThat(HashValues.of(PoolPolicy.ROUND_ROBIN)).isEmpty();
    assertThatThrownBy(() -> new HashValues(1, 0, Bytes.of(1), 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keyOfDhcp4IsTheIdentifierOrTheHardwareAddress() {
    Bytes address = Bytes.ofHex("020000000001");
    Bytes twenty = Bytes.ofHex("0102030405060708090a0b0c0d0e0f1011121314");

    assertThat(ClientHash.dhcp4Key(Optional.of(twenty), address)).isEqualTo(twenty.slice(0, 16));
    assertThat(ClientHash.dhcp4Key(Optional.of(Bytes.EMPTY), address)).isEqualTo(address);
    assertThat(ClientHash.dhcp4Key(Optional.empty(), address)).isEqualTo(address);
  }
}
