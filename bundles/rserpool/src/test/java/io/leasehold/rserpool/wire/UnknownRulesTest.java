// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire;

import static io.leasehold.rserpool.wire.WireVectors.asap;
import static io.leasehold.rserpool.wire.WireVectors.enrp;
import static io.leasehold.rserpool.wire.WireVectors.octets;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.asap.AsapError;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.enrp.EnrpError;
import io.leasehold.rserpool.wire.parameter.OperationError;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of messages and parameters that are not known (RFC 5354 sections 3 and 4). */
final class UnknownRulesTest {
  private static final String BYE = "00090009 64686370 34000000 000e0008 0a0b0c0d";

  @ParameterizedTest
  @ValueSource(strings = {"00000004", "0f000004", "3f000008 12345678", "80000004", "ff000004"})
  void messagesOfMostUnknownTypesAreDroppedInSilence(String message) {
    assertDiscarded(asap(message), Decoded.Reason.UNKNOWN_MESSAGE);
    assertDiscarded(enrp(message), Decoded.Reason.UNKNOWN_MESSAGE);
  }

  @Test
  void messagesOfTheOthersAreReportedWhole() {
    String message = "7f03000b 11223344 55667700";
    ErrorCause cause =
        ErrorCause.of(ErrorCause.UNRECOGNIZED_MESSAGE, octets("7f03000b 11223344 556677"));

    assertDiscarded(asap(message), Decoded.Reason.UNKNOWN_MESSAGE, cause);
    assertDiscarded(enrp(message), Decoded.Reason.UNKNOWN_MESSAGE, cause);
  }

  @Test
  void unknownParameterMayStopAMessageInSilence() {
    assertDiscarded(asap("0200001c" + BYE + "03330004"), Decoded.Reason.UNKNOWN_PARAMETER);
  }

  @Test
  void unknownParameterMayStopAMessageAndBeReported() {
    assertDiscarded(
        asap("0200001d" + BYE + "43330005 77000000"),
        Decoded.Reason.UNKNOWN_PARAMETER,
        ErrorCause.of(ErrorCause.UNRECOGNIZED_PARAMETER, octets("43330005 77")));
  }

  @Test
  void unknownParameterMayBeSkipped() {
    assertThat(asap("02000020" + "83330008 11111111" + BYE)).isEqualTo(asap("02000018" + BYE));
  }

  @Test
  void unknownParametersMayBeSkippedAndReportedOneByOne() {
    Decoded<AsapMessage> decoded =
        asap("02000025" + "c1230007 61626300" + BYE + "ffff0005 09000000");

    assertThat(((Decoded.Accepted<AsapMessage>) decoded).message().encode())
        .isEqualTo(octets("02000018" + BYE));
    assertThat(decoded.reports())
        .containsExactly(
            ErrorCause.of(ErrorCause.UNRECOGNIZED_PARAMETER, octets("c1230007 616263")),
            ErrorCause.of(ErrorCause.UNRECOGNIZED_PARAMETER, octets("ffff0005 09")));
  }

  @Test
  void unknownParametersInsideOthersHaveTheSameRules() {
    String udp = "00060014 00430000 00010008 c0000201 %s";
    String policy = "00080008 00000001";

    assertDiscarded(
        asap(ParameterRulesTest.registration(String.format(udp, "03330004"), policy)),
        Decoded.Reason.UNKNOWN_PARAMETER);
    assertThat(asap(ParameterRulesTest.registration(String.format(udp, "c3330004"), policy)))
        .isInstanceOf(Decoded.Accepted.class)
        .extracting(Decoded::reports)
        .isEqualTo(List.of(ErrorCause.of(ErrorCause.UNRECOGNIZED_PARAMETER, octets("c3330004"))));
  }

  @Test
  void parameterThatDoesNotBelongThereIsInvalid() {
    assertDiscarded(
        asap("02000020" + BYE + "000e0008 0a0b0c0e"),
        Decoded.Reason.INVALID_VALUES,
        ErrorCause.of(ErrorCause.INVALID_VALUES, octets("000e0008 0a0b0c0e")));
    assertDiscarded(
        asap("02000018 000e0008 0a0b0c0d 00090009 64686370 34000000"),
        Decoded.Reason.INVALID_VALUES,
        ErrorCause.of(ErrorCause.INVALID_VALUES, octets("000e0008 0a0b0c0d")));
  }

  @Test
  void errorsAreNotAnsweredByErrors() {
    assertDiscarded(asap("0e000010 000c0008 00090004 43330004"), Decoded.Reason.UNKNOWN_PARAMETER);
    assertThat(asap("0e000010 000c0008 00090004 c3330004").reports()).isEmpty();
    assertThat(enrp("0a000018 00000001 00000002 000c0008 00090004 c3330004").reports()).isEmpty();
  }

  /** However much there is to report, a message can carry what is reported. */
  @Test
  void reportsFitIntoAMessage() {
    ByteBuffer many = ByteBuffer.allocate(65532);
    many.putInt(0x02000000 | 65532).put(octets(BYE).toArray());
    while (many.hasRemaining()) {
      many.putInt(0xc3330004);
    }
    ByteBuffer one = ByteBuffer.allocate(65536);
    one.putInt(0x40000000 | 65535);

    for (byte[] message : List.of(many.array(), one.array())) {
      List<ErrorCause> reports = AsapMessage.decode(Bytes.wrap(message)).reports();
      assertThat(reports).isNotEmpty();
      OperationError error = new OperationError(reports);
      assertThat(new AsapError(error).encode().length()).isBetween(65_000, 65536);
      assertThat(new EnrpError(1, 2, error).encode().length()).isBetween(65_000, 65536);
    }
  }

  private static void assertDiscarded(
      Decoded<?> decoded, Decoded.Reason reason, ErrorCause... reports) {
    assertThat(decoded).isInstanceOf(Decoded.Discarded.class);
    assertThat(((Decoded.Discarded<?>) decoded).reason()).isEqualTo(reason);
    assertThat(decoded.reports()).containsExactly(reports);
  }
}
