// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.FailoverFrame;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.ServerFlags;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.codec.failover.StateReport;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.net.Bytes;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whole messages octet by octet, as they leave a connection; their length is the transport's. */
final class SlotSamplesTest {
  private static final String ACCEPTED =
      "20000002 32e3a401"
          + "007f0004 00010000" // F_PROTOCOL_VERSION 1.0
          + "007a0004 00000e10" // F_MCLT 3600
          + "00800004 0000003c" // F_KEEPALIVE_TIME 60
          + "00790004 00000040" // F_MAX_UNACKED_BNDUPD 64
          + "00730002 0001"; // F_CONNECT_FLAGS

  private static final String CONNECT =
      "1f000002 32e3a400"
          + "007f0004 00010000"
          + "007a0004 00000e10"
          + "00800004 0000003c"
          + "00790004 00000040"
          + "00820005 7061697231" // F_RELATIONSHIP_NAME pair1
          + "00730002 0001";

  @Test
  void primarySaysConnectThenStateThenContact() {
    Side primary = Side.primary();
    primary.opened(1);
    assertOctets(CONNECT, primary.last(1));

    AbsoluteTime since = new AbsoluteTime(0x32e3a39cL);
    primary.state =
        new StateReport(
                ServerState.PARTNER_DOWN,
                new ServerFlags(true, false, false),
                since,
                Optional.of(since))
            .toOptions();
    primary.jump(1000);
    primary.says(1, frame(ACCEPTED));
    assertOctets(
        "22000003 32e3a401"
            + "00840001 04" // F_SERVER_STATE PARTNER-DOWN
            + "00830001 01" // F_SERVER_FLAGS C
            + "00850004 32e3a39c" // F_START_TIME_OF_STATE
            + "007d0004 32e3a39c", // F_PARTNER_DOWN_TIME
        primary.last(1));

    primary.pass(15);
    assertOctets("23000004 32e3a410", primary.last(1));
  }

  @Test
  void secondaryAnswersConnectByItsId() {
    Side secondary = Side.secondary();
    secondary.jump(1000);
    secondary.slot.onConnect(7, true, message(CONNECT), secondary.now());
    secondary.drain();
    assertOctets(ACCEPTED, secondary.sent(7).get(0));
  }

  @Test
  void secondarySaysWhyNot() {
    Side secondary = Side.secondary();
    secondary.jump(9000);
    secondary.slot.onConnect(7, true, message(CONNECT), secondary.now());
    secondary.drain();
    String octets = secondary.last(7).encode().toHex();
    assertThat(octets).startsWith("20000002" + "32e3a409" + "000d");
    assertThat(octets.substring(24)).startsWith("0016");
  }

  private static FailoverFrame frame(String hex) {
    return FailoverFrame.decode(Bytes.ofHex(hex.replace(" ", "")));
  }

  private static FailoverMessage message(String hex) {
    return (FailoverMessage) frame(hex);
  }

  private static void assertOctets(String hex, FailoverFrame frame) {
    assertThat(frame.encode().toHex()).isEqualTo(hex.replace(" ", ""));
  }
}
