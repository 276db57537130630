// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written into the document, which knows octets with colons only. */
class ReservationAddCommandTest {
  private static Map<String, Object> members(String... words) throws CommandFailure {
    ReservationAddCommand command = new ReservationAddCommand();
    command.words = List.of(words);
    return command.edit().members();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"02:00:00:00:0A:77", "02-00-00-00-0a-77", "0200.0000.0a77", "020000000a77"})
  void aHardwareAddressMayBeWrittenInAnyWay(String written) throws CommandFailure {
    assertThat(members("global", written, "192.0.2.5"))
        .containsExactly(
            entry("hw-address", "02:00:00:00:0a:77"), entry("ip-address", "192.0.2.5"));
  }

  @Test
  void soMayADuidAndAnythingElseStaysAsItIs() throws CommandFailure {
    assertThat(members("global", "00-03-00-01-02-00-00-00-00-01", "2001:db8::5"))
        .containsEntry("duid", "00:03:00:01:02:00:00:00:00:01");
    assertThat(members("global", "'port-7'", "192.0.2.5", "--by", "circuit-id"))
        .containsEntry("circuit-id", "'port-7'");
  }
}
