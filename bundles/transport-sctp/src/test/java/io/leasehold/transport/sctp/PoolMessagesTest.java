// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.hop.Application;
import io.leasehold.net.Bytes;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PoolMessagesTest {
  /** P-075: RFC 5352 section 5 and RFC 5353 section 5.2. */
  @Test
  void asapAndEnrpHaveTheirPayloadProtocols() {
    assertThat(PoolMessages.protocol(Application.ASAP)).isEqualTo(11);
    assertThat(PoolMessages.protocol(Application.ENRP)).isEqualTo(12);
  }

  /** P-075: what is no control traffic of pools never has their identifiers. */
  @ParameterizedTest
  @EnumSource(
      value = Application.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ASAP", "ENRP"})
  void nothingElseGoesOverSctp(Application application) {
    assertThatThrownBy(() -> PoolMessages.protocol(application))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(application.protocolName() + " does not go over SCTP");
  }

  @ParameterizedTest
  @CsvSource({
    "0501000541, 0501000541000000",
    "0501000541000000, 0501000541000000",
    "05010004, 05010004",
    "050100064142, 0501000641420000"
  })
  void aMessageGoesWithItsPadding(String message, String userMessage) {
    Bytes given = Bytes.ofHex(message);
    assertThat(PoolMessages.fits(given)).isTrue();
    ByteBuffer framed = PoolMessages.framed(given);
    byte[] octets = new byte[framed.remaining()];
    framed.get(octets);
    assertThat(Bytes.wrap(octets)).isEqualTo(Bytes.ofHex(userMessage));
  }

  @ParameterizedTest
  @CsvSource({
    "0501000541000000, 0501000541",
    "0501000541ffffff, 0501000541",
    "0501000541, 0501000541",
    "050100054100, 0501000541",
    "05010004, 05010004"
  })
  void paddingIsTakenAwayIfItIsThere(String userMessage, String message) {
    assertThat(PoolMessages.unframed(Bytes.ofHex(userMessage))).isEqualTo(Bytes.ofHex(message));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "05",
        "050100",
        "05010000",
        "05010003",
        "0501000541000000ff",
        "0501000400",
        "05010008"
      })
  void whatIsNotAsLongAsItSaysIsNoMessage(String userMessage) {
    assertThat(PoolMessages.unframed(Bytes.ofHex(userMessage))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "050100", "05010003", "0501000941", "050100054100"})
  void whatIsNotAsLongAsItSaysIsNotSent(String message) {
    assertThat(PoolMessages.fits(Bytes.ofHex(message))).isFalse();
  }
}
