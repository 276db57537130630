// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.leasehold.codec.Hostility;
import io.leasehold.net.Bytes;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Octets chosen by a fuzzer. An ordinary build replays the seeds; {@code -Dfuzz} searches for a
 * minute.
 */
class Dhcp6MessageFuzzTest {
  private static final Hostility HOSTILITY =
      new Hostility(
          Dhcp6MessageFuzzTest::readAndWrite,
          new Dhcp6MessageText(Dhcp6OptionTable.CATALOGUE)::describe);

  static Stream<Arguments> seeds() {
    return Stream.concat(
            LongStream.range(0, 50).mapToObj(seed -> new Packets(seed).message()),
            LongStream.range(0, 10).mapToObj(seed -> new Packets(seed).typicalReply()))
        .map(message -> Arguments.of((Object) message.encode().toArray()));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "1m")
  void anyOctetsAreReadOrRefused(byte[] octets) {
    HOSTILITY.onlyMalformed(Bytes.copyOf(octets));
  }

  private static void readAndWrite(Bytes packet) {
    Dhcp6Message message = Dhcp6Message.decode(packet);
    assertThat(message.encode()).isEqualTo(packet);
    assertThat(Dhcp6Message.decode(message.encode())).isEqualTo(message);
    DeepReader.read(packet);
  }
}
