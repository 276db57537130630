// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.leasehold.codec.Hostility;
import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.net.Bytes;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Octets chosen by a fuzzer. An ordinary build replays the seeds; {@code -Dfuzz} searches for a
 * minute.
 */
class Dhcp4MessageFuzzTest {
  private static final Hostility HOSTILITY =
      new Hostility(
          Dhcp4MessageFuzzTest::readAndWrite,
          new Dhcp4MessageText(StandardOptions.CATALOGUE)::describe);

  static Stream<Arguments> seeds() {
    return Stream.concat(
            LongStream.range(0, 40)
                .mapToObj(seed -> new Dhcp4Packets(seed).message().encode(300 + 20 * (int) seed)),
            LongStream.range(0, 10)
                .mapToObj(seed -> new Dhcp4Packets(seed).typicalReply().encode(600)))
        .map(encoded -> Arguments.of((Object) encoded.datagram().toArray()));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "1m")
  void anyOctetsAreReadOrRefused(byte[] octets) {
    HOSTILITY.onlyMalformed(Bytes.copyOf(octets));
  }

  private static void readAndWrite(Bytes packet) {
    Dhcp4Message message = Dhcp4Message.decode(packet);
    Bytes again = message.encode();
    assertThat(Dhcp4Message.decode(again).encode()).isEqualTo(again);
    Encoded least = message.encode(Dhcp4Message.MIN_LENGTH);
    assertThat(least.datagram().length()).isEqualTo(Dhcp4Message.MIN_LENGTH);
    Dhcp4Message.decode(least.datagram());
    Dhcp4DeepReader.read(packet);
  }
}
