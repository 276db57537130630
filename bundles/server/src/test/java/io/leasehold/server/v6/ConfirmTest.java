// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import static io.leasehold.server.v6.Answers.status;
import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.confirm;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.server.protocol.Arrival;
import org.junit.jupiter.api.Test;

/** RFC 8415 section 18.3.3. */
class ConfirmTest {
  private final TestServer server =
      new TestServer(
          SubnetBuilder.network(SubnetBuilder.lab(), new SubnetBuilder(2, "2001:db8:2::/64")));

  @Test
  void addressesOfAnySubnetOfTheLinkAreConfirmedWithoutABinding() {
    var reply = server.ask(confirm(ALICE).na(1, "2001:db8:1::1").na(2, "2001:db8:2::1"));

    assertThat(status(reply.options())).isEqualTo(Dhcp6StatusCode.SUCCESS);
    assertThat(reply.options().size()).isEqualTo(3);
    assertThat(server.last.changes()).isEmpty();
  }

  @Test
  void oneAddressOfAnotherLinkIsEnough() {
    var reply = server.ask(confirm(ALICE).na(1, "2001:db8:1::1", "2001:db8:3::1"));

    assertThat(status(reply.options())).isEqualTo(Dhcp6StatusCode.NOT_ON_LINK);
  }

  @Test
  void temporaryAddressesCount() {
    var reply =
        server.ask(
            confirm(ALICE)
                .option(
                    Dhcp6OptionCode.IA_TA,
                    "00000001 0005 0018 20010db8000300000000000000000001 00000000 00000000"
                        .replace(" ", "")));

    assertThat(status(reply.options())).isEqualTo(Dhcp6StatusCode.NOT_ON_LINK);
  }

  @Test
  void nothingIsSaidWithoutAddresses() {
    assertThat(server.ask(confirm(ALICE))).isNull();
    assertThat(server.ask(confirm(ALICE).na(1).na(2, "::"))).isNull();
    assertThat(server.ask(confirm(ALICE).pd(1, "2001:db8:9::/56"))).isNull();
    assertThat(server.count("pkt6-drop-unconfirmable")).isEqualTo(3);
  }

  @Test
  void nothingIsSaidAboutAnUnknownLink() {
    Arrival elsewhere = new Arrival("eth9", TestServer.MULTICAST, TestServer.CLIENT, 546);

    assertThat(server.ask(confirm(ALICE).na(1, "2001:db8:1::1").build(), elsewhere)).isNull();
  }
}
