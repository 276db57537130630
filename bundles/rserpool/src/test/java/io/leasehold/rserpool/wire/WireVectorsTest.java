// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.WireVectors.Vector;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.enrp.EnrpMessage;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is read by others, and what they write is read here. */
final class WireVectorsTest {
  static List<Vector> asapVectors() {
    return WireVectors.ASAP;
  }

  static List<Vector> enrpVectors() {
    return WireVectors.ENRP;
  }

  @ParameterizedTest
  @MethodSource("asapVectors")
  void messageOfAsapIsWrittenAndRead(Vector vector) {
    assertThat(vector.message().encode()).isEqualTo(vector.octets());
    assertThat(AsapMessage.decode(vector.octets()))
        .isEqualTo(new Decoded.Accepted<>(vector.message(), List.of()));
  }

  @ParameterizedTest
  @MethodSource("enrpVectors")
  void messageOfEnrpIsWrittenAndRead(Vector vector) {
    assertThat(vector.message().encode()).isEqualTo(vector.octets());
    assertThat(EnrpMessage.decode(vector.octets()))
        .isEqualTo(new Decoded.Accepted<>(vector.message(), List.of()));
  }

  @ParameterizedTest
  @MethodSource("asapVectors")
  void whatIsReadIsWrittenTheSame(Vector vector) {
    Bytes octets = vector.octets();
    Decoded.Accepted<AsapMessage> read = (Decoded.Accepted<AsapMessage>) AsapMessage.decode(octets);

    assertThat(read.message().encode()).isEqualTo(octets);
  }

  @ParameterizedTest
  @MethodSource("asapVectors")
  void flagsWithoutAMeaningAreIgnored(Vector vector) {
    byte[] octets = vector.octets().toArray();
    octets[1] |= (byte) 0xfe;

    assertThat(AsapMessage.decode(Bytes.wrap(octets)))
        .isEqualTo(new Decoded.Accepted<>(vector.message(), List.of()));
  }

  @ParameterizedTest
  @MethodSource("enrpVectors")
  void flagsOfEnrpWithoutAMeaningAreIgnored(Vector vector) {
    byte[] octets = vector.octets().toArray();
    octets[1] |= (byte) 0xfc;

    assertThat(EnrpMessage.decode(Bytes.wrap(octets)))
        .isEqualTo(new Decoded.Accepted<>(vector.message(), List.of()));
  }
}
