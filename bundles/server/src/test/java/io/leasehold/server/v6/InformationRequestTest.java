// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.informationRequest;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.net.Bytes;
import io.leasehold.server.protocol.Arrival;
import org.junit.jupiter.api.Test;

/** RFC 8415 section 18.3.6 and 21.23, RFC 3736. */
class InformationRequestTest {
  private static final String DNS = "20010db8000000000000000000000053";

  private final TestServer server =
      new TestServer(
          SubnetBuilder.lab()
              .option(OptionSamples.onRequest(23, DNS))
              .option(OptionSamples.onRequest(32, "00000e10"))
              .link());

  @Test
  void replyIsByteForByteAsTheRfcDrawsIt() {
    Bytes question = Bytes.ofHex("0b 0a0b0c 0006 0004 0017 0020".replace(" ", ""));

    Bytes reply = server.ask(question, TestServer.ON_ETH1);

    assertThat(reply.toHex())
        .isEqualTo(
            "07 0a0b0c" // REPLY without Client Identifier: there was none
                .concat("0002 000a 0002 00000009 0cc084d3") // Server Identifier
                .concat("0017 0010" + DNS) // DNS server
                .concat("0020 0004 00000e10") // refresh after 3600 s
                .replace(" ", ""));
    assertThat(server.last.changes()).isEmpty();
  }

  @Test
  void clientIdentifierComesBackIfThereWasOne() {
    ClientServerMessage reply = server.ask(informationRequest().from(ALICE));

    assertThat(reply.options().first(Dhcp6Options.CLIENT_ID)).contains(ALICE);
    assertThat(reply.options().has(23)).isFalse();
  }

  @Test
  void refreshTimeIsOnlyForInformationRequests() {
    assertThat(server.ask(ClientMessage.request(ALICE).na(1).oro(23, 32)).options().has(32))
        .isFalse();
  }

  @Test
  void unknownLinkHasNoConfigurationButAnAnswer() {
    Arrival elsewhere = new Arrival("eth9", TestServer.MULTICAST, TestServer.CLIENT, 546);

    var reply = server.ask(informationRequest().oro(23).build(), elsewhere);

    assertThat(reply.type()).isEqualTo(Dhcp6MessageType.REPLY);
    assertThat(reply.options().size()).isEqualTo(1);
  }
}
