// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.ServerState;
import io.leasehold.net.Bytes;
import io.leasehold.rserpool.policy.HashValues;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server says of itself in its policy. */
final class PublishedValuesTest {
  @ParameterizedTest
  @CsvSource({
    "NORMAL, true, 200",
    "NORMAL, false, 100",
    "CONFLICT-DONE, true, 200",
    "COMMUNICATIONS-INTERRUPTED, true, 150",
    "COMMUNICATIONS-INTERRUPTED, false, 150",
    "PARTNER-DOWN, true, 250",
    "PARTNER-DOWN, false, 250",
    "RESOLUTION-INTERRUPTED, true, 150",
    "RESOLUTION-INTERRUPTED, false, 150",
    "RECOVER-DONE, true, 50",
    "RECOVER-DONE, false, 50"
  })
  void aStateThatServesHasARank(String state, boolean isPrimary, long rank) {
    assertThat(FailoverRank.of(state, isPrimary).isReady()).isTrue();
    assertThat(FailoverRank.of(state, isPrimary).rank()).isEqualTo(rank);
  }

  @ParameterizedTest
  @CsvSource({"STARTUP", "RECOVER", "RECOVER-WAIT", "POTENTIAL-CONFLICT", "SOMETHING-NEW"})
  void aStateThatServesNobodyHasNone(String state) {
    assertThat(FailoverRank.of(state, true).isReady()).isFalse();
    assertThat(FailoverRank.of(state, false).isReady()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(ServerState.class)
  void everyStateIsMeant(ServerState state) {
    String name = state.name().replace('_', '-');
    Set<String> unresponsive = Set.of("STARTUP", "RECOVER", "RECOVER-WAIT", "POTENTIAL-CONFLICT");

    assertThat(FailoverRank.of(name, true).isReady()).isEqualTo(!unresponsive.contains(name));
  }

  @Test
  void clientHashSaysGroupWeightAndRank() {
    assertThat(HashValues.of(MemberPolicy.clientHash(7, 100).values(150, 5)))
        .contains(HashValues.weighted(7, 100, 150));
  }

  @Test
  void bucketHashSaysGroupBucketsAndRank() {
    Bytes buckets = Bytes.ofHex("ff".repeat(16) + "00".repeat(16));

    assertThat(HashValues.of(MemberPolicy.bucketHash(7, buckets).values(150, 5)))
        .contains(HashValues.ofBuckets(7, buckets, 150));
  }

  @Test
  void standardPoliciesHaveTheirNumbers() {
    assertThat(standard(PolicyType.ROUND_ROBIN)).isEqualTo(PoolPolicy.ROUND_ROBIN);
    assertThat(standard(PolicyType.RANDOM)).isEqualTo(PoolPolicy.of(PolicyType.RANDOM));
    for (long each : new long[] {PolicyType.WEIGHTED_ROUND_ROBIN, PolicyType.WEIGHTED_RANDOM}) {
      assertThat(standard(each)).isEqualTo(PoolPolicy.of(each, 3));
    }
    assertThat(standard(PolicyType.PRIORITY)).isEqualTo(PoolPolicy.of(PolicyType.PRIORITY, 150));
    for (long each : new long[] {PolicyType.LEAST_USED, PolicyType.RANDOMIZED_LEAST_USED}) {
      assertThat(standard(each)).isEqualTo(PoolPolicy.of(each, 5));
    }
    for (long each :
        new long[] {PolicyType.LEAST_USED_DEGRADATION, PolicyType.PRIORITY_LEAST_USED}) {
      assertThat(standard(each)).isEqualTo(PoolPolicy.of(each, 5, 9));
    }
  }

  private static PoolPolicy standard(long type) {
    return MemberPolicy.standard(type, 3, 9).values(150, 5);
  }
}
