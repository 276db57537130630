// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import static io.leasehold.server.v4.Answers.codes;
import static io.leasehold.server.v4.Query.ALICE;
import static io.leasehold.server.v4.TestServer.ADDRESS;
import static io.leasehold.server.v4.TestServer.lab;
import static io.leasehold.server.v4.TestServer.unicast;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.server.plan.BootFields;
import io.leasehold.server.plan.Dhcp4Terms;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.v4.intake.Dhcp4Request;
import io.leasehold.server.v4.intake.RequestState;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables 3, 4 and 5 of RFC 2131, row by row. */
class Rfc2131TablesTest {
  private static final String RELAY = "192.0.2.254";
  private static final BootFields BOOT =
      new BootFields(
          Optional.of(Ipv4.ofText("192.0.2.5")), Optional.of("boot"), Optional.of("pxe.0"));

  private final TestServer server =
      new TestServer(
          lab()
              .dhcp4(new Dhcp4Terms(false, true, BOOT, OptionalDouble.empty(), 60, false, false))
              .option(Samples.always(60, "505845"))
              .option(Samples.always(3, "c0000201"))
              .link());

  /** A message with everything in it that must not, or must, come back. */
  private static Query full(Query query) {
    return query
        .through(RELAY)
        .broadcast()
        .seconds(9)
        .asking(1, 3, 50, 51, 53, 54, 55, 57, 61, 82)
        .option(57, "0400")
        .clientId("0061")
        .relayed(1, "6574");
  }

  private Dhcp4Message offer() {
    return server.ask(full(Query.discover(ALICE)));
  }

  private Dhcp4Message ack() {
    return server.ask(full(Query.request(ALICE).having("192.0.2.16")));
  }

  private Dhcp4Message informed() {
    return server.ask(full(Query.inform(ALICE).having("192.0.2.16")));
  }

  private Dhcp4Message nak() {
    return server.ask(full(Query.request(ALICE).wanting("10.0.0.1")));
  }

  private static String fields(Dhcp4Message reply) {
    return String.join(
        " ",
        String.valueOf(reply.op()),
        reply.hardwareType() + "/" + reply.hardwareAddress().length(),
        "hops " + reply.hops(),
        Integer.toHexString(reply.transactionId()),
        "secs " + reply.seconds(),
        "flags " + Integer.toHexString(reply.flags()),
        reply.clientAddress() + " " + reply.yourAddress() + " " + reply.nextServer(),
        reply.relayAddress() + " " + reply.hardwareAddress().toHex(),
        "[" + reply.serverName().toUtf8() + "] [" + reply.bootFile().toUtf8() + "]");
  }

  /** Table 3, its upper half. */
  @Test
  void fieldsOfAnswers() {
    String client = RELAY + " 02000000000a";
    assertThat(fields(offer()))
        .isEqualTo(
            "2 1/6 hops 0 12345678 secs 0 flags 8000 0.0.0.0 192.0.2.16 192.0.2.5 "
                + client
                + " [boot] [pxe.0]");
    assertThat(fields(ack()))
        .isEqualTo(
            "2 1/6 hops 0 12345678 secs 0 flags 8000 192.0.2.16 192.0.2.16 192.0.2.5 "
                + client
                + " [boot] [pxe.0]");
    assertThat(fields(informed()))
        .isEqualTo(
            "2 1/6 hops 0 12345678 secs 0 flags 8000 192.0.2.16 0.0.0.0 192.0.2.5 "
                + client
                + " [boot] [pxe.0]");
    assertThat(fields(nak()))
        .isEqualTo(
            "2 1/6 hops 0 12345678 secs 0 flags 8000 0.0.0.0 0.0.0.0 0.0.0.0 " + client + " [] []");
  }

  /**
   * Table 3, its lower half, with what later RFCs changed: the client identifier comes back (RFC
   * 6842), and so does what the relay agent said (RFC 3046), last.
   */
  @ParameterizedTest
  @CsvSource({
    // option, DHCPOFFER, DHCPACK to DHCPREQUEST, DHCPACK to DHCPINFORM, DHCPNAK
    "50, false, false, false, false",
    "51, true,  true,  false, false",
    "58, true,  true,  false, false",
    "59, true,  true,  false, false",
    "52, false, false, false, false",
    "53, true,  true,  true,  true",
    "55, false, false, false, false",
    "56, false, false, false, true",
    "61, true,  true,  true,  true",
    "60, true,  true,  true,  false",
    "54, true,  true,  true,  true",
    "57, false, false, false, false",
    "1,  true,  true,  true,  false",
    "3,  true,  true,  true,  false",
    "82, true,  true,  true,  true"
  })
  void optionsOfAnswers(int code, boolean offer, boolean ack, boolean informed, boolean nak) {
    assertThat(codes(offer()).contains(code)).as("DHCPOFFER").isEqualTo(offer);
    assertThat(codes(ack()).contains(code)).as("DHCPACK").isEqualTo(ack);
    assertThat(codes(informed()).contains(code)).as("DHCPACK to DHCPINFORM").isEqualTo(informed);
    assertThat(codes(nak()).contains(code)).as("DHCPNAK").isEqualTo(nak);
  }

  @Test
  void typeIsFirstAndTheRelayAgentsOptionLastOnTheWire() {
    server.ask(full(Query.discover(ALICE)));
    Bytes datagram = server.last.replyOrNull();
    String hex = datagram.toHex();

    assertThat(hex.substring(2 * 240)).startsWith("350102" + "3604c0000201");
    assertThat(hex).contains("52040102" + "6574" + "ff");
  }

  /** Table 4. */
  @ParameterizedTest
  @CsvSource({
    // server-ip, requested-ip, ciaddr, sent to
    "true,  true,  false, broadcast, SELECTING",
    "false, true,  false, broadcast, INIT_REBOOT",
    "false, false, true,  unicast,   RENEWING",
    "false, false, true,  broadcast, REBINDING",
    "false, false, true,  relayed,   REBINDING"
  })
  void statesOfRequests(
      boolean serverId, boolean requested, boolean ciaddr, String way, RequestState state) {
    Query query = Query.request(ALICE);
    if (serverId) {
      query.to(ADDRESS);
    }
    if (requested) {
      query.wanting("192.0.2.16");
    }
    if (ciaddr) {
      query.having("192.0.2.16");
    }
    if (way.equals("relayed")) {
      query.through(RELAY);
    }
    Arrival arrival = way.equals("broadcast") ? TestServer.ON_ETH1 : unicast("192.0.2.16", ADDRESS);

    Dhcp4Request request = server.accept(query, arrival);

    assertThat(request.state()).isEqualTo(state);
    assertThat(request.subject()).isEqualTo(Ipv4.ofText("192.0.2.16"));
  }

  /** Table 5, as far as it forbids a server to take a message. */
  @ParameterizedTest
  @CsvSource({
    // type, with server identifier, is taken
    "1, false, true",
    "3, false, true",
    "3, true,  true",
    "4, false, true",
    "4, true,  true",
    "7, false, true",
    "7, true,  true",
    "8, false, true"
  })
  void serverIdentifierOfMessages(int type, boolean serverId, boolean taken) {
    Query query = Query.of(type, ALICE).wanting("192.0.2.16");
    if (serverId) {
      query.to(ADDRESS);
    }
    assertThat(server.accept(query, TestServer.ON_ETH1) != null).isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource({
    "0,   pkt4-bootp-received,        pkt4-drop-bootp",
    "2,   pkt4-offer-received,        pkt4-drop-message-type",
    "5,   pkt4-ack-received,          pkt4-drop-message-type",
    "6,   pkt4-nak-received,          pkt4-drop-message-type",
    "9,   pkt4-forcerenew-received,   pkt4-drop-message-type",
    "10,  pkt4-leasequery-received,   pkt4-drop-message-type",
    "200, pkt4-unknown-received,      pkt4-drop-message-type"
  })
  void otherTypesAreCountedAndDropped(int type, String received, String drop) {
    assertThat(server.ask(Query.of(type, ALICE))).isNull();
    assertThat(server.count(received)).isEqualTo(1);
    assertThat(server.count(drop)).isEqualTo(1);
    assertThat(server.count("pkt4-receive-drop")).isEqualTo(1);
  }

  @Test
  void answersOfServersAreNotForServers() {
    assertThat(server.ask(Query.discover(ALICE).op(2))).isNull();
    assertThat(server.count("pkt4-drop-message-type")).isEqualTo(1);
  }
}
