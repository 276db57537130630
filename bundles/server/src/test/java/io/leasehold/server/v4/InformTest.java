// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import static io.leasehold.server.v4.Answers.brief;
import static io.leasehold.server.v4.Answers.codes;
import static io.leasehold.server.v4.Answers.hex;
import static io.leasehold.server.v4.Query.ALICE;
import static io.leasehold.server.v4.Query.inform;
import static io.leasehold.server.v4.TestServer.ADDRESS;
import static io.leasehold.server.v4.TestServer.lab;
import static io.leasehold.server.v4.TestServer.unicast;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.server.plan.PlanOption;
import io.leasehold.transport.Destination;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 2131 section 4.3.5. */
class InformTest {
  private static final PlanOption DNS =
      new PlanOption(OptionSpace.DHCP4, 6, Bytes.ofHex("0a000035"), false, false);

  private final TestServer server = new TestServer(lab().option(DNS).link());

  @Test
  void optionsWithoutALeaseGoToTheClientsAddress() {
    Dhcp4Message ack = server.ask(inform(ALICE).having("192.0.2.77").asking(1, 6));

    assertThat(brief(ack)).isEqualTo("ack 0.0.0.0");
    assertThat(ack.clientAddress().toString()).isEqualTo("192.0.2.77");
    assertThat(codes(ack)).containsExactly(53, 54, 1, 6);
    assertThat(hex(ack, 1)).isEqualTo("ffffff00");
    assertThat(server.last.changes()).isEmpty();
    assertThat(server.last.destinationOrNull())
        .isEqualTo(Destination.of(Ipv6.ofText("192.0.2.77"), 68));
  }

  @Test
  void clientPastARelayIsAnsweredDirectly() {
    server.ask(inform(ALICE).having("192.0.2.77").through("192.0.2.254"));

    assertThat(server.last.destinationOrNull())
        .isEqualTo(Destination.of(Ipv6.ofText("192.0.2.77"), 68));
  }

  @Test
  void withoutClientAddressTheSourceOrTheRelayIsAnswered() {
    server.ask(inform(ALICE), unicast("192.0.2.78", ADDRESS));
    assertThat(server.last.destinationOrNull())
        .isEqualTo(Destination.of(Ipv6.ofText("192.0.2.78"), 68));

    Dhcp4Message relayed = server.ask(inform(ALICE).through("192.0.2.254"));
    assertThat(server.last.destinationOrNull())
        .isEqualTo(Destination.of(Ipv6.ofText("192.0.2.254"), 67));
    assertThat(relayed.isBroadcast()).isTrue();

    assertThat(server.ask(inform(ALICE))).isNull();
    assertThat(server.count("pkt4-drop-no-return-address")).isEqualTo(1);
  }

  @Test
  void aClientOfAnUnknownLinkGetsTheOptionsOfNoLinkInParticular() {
    TestServer other = new TestServer(TestServer.plan(true, List.of(DNS), lab().link()), List.of());

    Dhcp4Message ack =
        other.ask(inform(ALICE).having("10.9.9.9").asking(6), unicast("10.9.9.9", ADDRESS));

    assertThat(hex(ack, 6)).isEqualTo("0a000035");
    assertThat(codes(ack)).containsExactly(53, 54, 6);
  }
}
