// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.leasehold.codec.Hostility;
import io.leasehold.codec.v6.Dhcp6MessageText;
import io.leasehold.codec.v6.Dhcp6OptionTable;
import io.leasehold.net.Bytes;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Octets chosen by a fuzzer. An ordinary build replays the seeds; {@code -Dfuzz} searches for a
 * minute.
 */
class FailoverFrameFuzzTest {
  private static final Hostility HOSTILITY =
      new Hostility(
          FailoverReading::all, new Dhcp6MessageText(Dhcp6OptionTable.CATALOGUE)::describe);

  static Stream<Arguments> seeds() {
    return LongStream.range(0, 60)
        .mapToObj(seed -> new FailoverFrames(seed).frame())
        .map(frame -> Arguments.of((Object) frame.encode().toArray()));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "1m")
  void anyOctetsAreReadOrRefused(byte[] octets) {
    HOSTILITY.onlyMalformed(Bytes.copyOf(octets));
  }
}
