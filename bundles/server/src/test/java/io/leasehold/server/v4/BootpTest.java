// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import static io.leasehold.server.v4.Answers.brief;
import static io.leasehold.server.v4.Answers.codes;
import static io.leasehold.server.v4.Query.ALICE;
import static io.leasehold.server.v4.Query.BOB;
import static io.leasehold.server.v4.Query.CAROL;
import static io.leasehold.server.v4.Query.discover;
import static io.leasehold.server.v4.TestServer.ADDRESS;
import static io.leasehold.server.v4.TestServer.lab;
import static io.leasehold.server.v4.TestServer.unicast;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.server.plan.BootFields;
import io.leasehold.server.plan.Dhcp4Terms;
import io.leasehold.server.plan.Lifetimes;
import io.leasehold.server.protocol.Precedence;
import io.leasehold.server.v6.SubnetBuilder;
import io.leasehold.transport.Destination;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** BOOTP clients (RFC 951, 1542, 1534), where the plan serves them. */
class BootpTest {
  private static final BootFields BOOT =
      new BootFields(
          Optional.of(Ipv4.ofText("192.0.2.5")), Optional.of("boot"), Optional.of("kernel"));
  private static final String ROUTER = "c0000201";

  private final TestServer server = new TestServer(serving().link());

  private static SubnetBuilder serving() {
    return lab()
        .dhcp4(new Dhcp4Terms(false, true, BOOT, OptionalDouble.empty(), 60, true, false))
        .option(Samples.onRequest(3, ROUTER))
        .option(Samples.always(51, "00000e10"))
        .option(Samples.always(42, "c0000202"));
  }

  private static Query bootp(int client) {
    return Query.of(Dhcp4MessageType.BOOTP, client);
  }

  @Test
  void addressForEverAndBootFieldsWithoutWhatOnlyDhcpHas() {
    Dhcp4Message reply = server.ask(bootp(ALICE).clientId("0061"));

    assertThat(brief(reply)).isEqualTo("bootp 192.0.2.16");
    assertThat(reply.op()).isEqualTo(Dhcp4Message.BOOT_REPLY);
    assertThat(reply.nextServer()).isEqualTo(Ipv4.ofText("192.0.2.5"));
    assertThat(reply.serverName().toUtf8()).isEqualTo("boot");
    assertThat(reply.bootFile().toUtf8()).isEqualTo("kernel");
    assertThat(codes(reply)).containsExactly(1, 3, 42);
    assertThat(server.last.replyOrNull().length()).isEqualTo(300);
    assertThat(server.last.replyCounter()).isEqualTo("pkt4-bootp-sent");
    assertThat(server.last.changes()).hasSize(1);
    assertThat(server.lease("192.0.2.16").times().expires()).isEqualTo(LeaseTimes.NEVER);
    server.now += Lifetimes.FOREVER;
    assertThat(server.lease("192.0.2.16").isActive(server.now)).isTrue();
    assertThat(brief(server.ask(bootp(ALICE).clientId("0061")))).isEqualTo("bootp 192.0.2.16");
  }

  @Test
  void leaseWaitsForTheStoreAndNewClientsGoFirstWhenThereIsTooMuchToDo() {
    assertThat(server.accept(bootp(ALICE), TestServer.ON_ETH1).promises()).isTrue();
    assertThat(server.accept(bootp(ALICE), TestServer.ON_ETH1).precedence())
        .isEqualTo(Precedence.BEGINS);
  }

  @Test
  void reservedAddressIsTheClients() {
    TestServer reserved =
        new TestServer(serving().reserve(Samples.named("alice", BootFields.NONE)).link());

    Dhcp4Message reply = reserved.ask(bootp(ALICE));

    assertThat(brief(reply)).isEqualTo("bootp 192.0.2.50");
    assertThat(Answers.hex(reply, 12)).isEqualTo(Bytes.ofUtf8("alice").toHex());
  }

  @Test
  void clientThatKnowsItsAddressKeepsItAndGetsTheRest() {
    assertThat(brief(server.ask(bootp(ALICE).having("192.0.2.20")))).isEqualTo("bootp 192.0.2.20");
    assertThat(server.last.destinationOrNull())
        .isEqualTo(Destination.of(Ipv6.ofText("192.0.2.20"), 68));

    Dhcp4Message elsewhere = server.ask(bootp(BOB).having("192.0.2.20"));

    assertThat(elsewhere.yourAddress().isUnspecified()).isTrue();
    assertThat(elsewhere.clientAddress()).isEqualTo(Ipv4.ofText("192.0.2.20"));
    assertThat(elsewhere.bootFile().toUtf8()).isEqualTo("kernel");
    assertThat(server.last.changes()).isEmpty();
  }

  @Test
  void answersGoWhereTheClientOrItsRelayIs() {
    server.ask(bootp(ALICE));
    assertThat(server.last.destinationOrNull())
        .isEqualTo(
            new Destination(Ipv6.ofText("192.0.2.16"), 68, Optional.of(Query.hardware(ALICE))));
    server.ask(bootp(BOB).broadcast());
    assertThat(server.last.destinationOrNull().address()).isEqualTo(Ipv6.ofText("255.255.255.255"));
    // RFC 1542 section 5.4: to the relay agent, at the port of servers.
    Dhcp4Message relayed =
        server.ask(
            bootp(CAROL).through("192.0.2.254").relayed(1, "6574"),
            unicast("192.0.2.254", ADDRESS));
    assertThat(server.last.destinationOrNull())
        .isEqualTo(Destination.of(Ipv6.ofText("192.0.2.254"), 67));
    assertThat(relayed.relayAddress()).isEqualTo(Ipv4.ofText("192.0.2.254"));
    assertThat(Answers.hex(relayed, 82)).isEqualTo("01026574");
  }

  @Test
  void onlyClientsWithOptionsOfTheirOwnGetMoreThan64OctetsOfThem() {
    TestServer much = new TestServer(serving().option(Samples.always(17, "61".repeat(200))).link());

    assertThat(codes(much.ask(bootp(ALICE)))).containsExactly(1, 3, 42);
    assertThat(much.last.replyOrNull().length()).isEqualTo(300);
    assertThat(much.count("pkt4-options-left-out")).isEqualTo(1);
    assertThat(codes(much.ask(bootp(BOB).option(12, "626f62")))).contains(1, 3, 42, 17);
  }

  @Test
  void optionsDoNotStandInOtherFields() {
    TestServer much =
        new TestServer(
            lab()
                .dhcp4(
                    new Dhcp4Terms(
                        false, true, BootFields.NONE, OptionalDouble.empty(), 60, true, false))
                .option(Samples.always(17, "61".repeat(240)))
                .option(Samples.always(18, "62".repeat(120)))
                .link());

    Dhcp4Message reply = much.ask(bootp(ALICE).option(12, "626f62"));

    assertThat(reply.options().has(17)).isTrue();
    assertThat(reply.options().has(18)).isFalse();
    assertThat(much.last.replyOrNull().slice(44, 236)).isEqualTo(Bytes.ofHex("00".repeat(192)));
  }

  @Test
  void clientMayNameAnotherServer() {
    Query other = bootp(ALICE).serverName("other");

    assertThat(server.ask(other)).isNull();
    assertThat(server.count("pkt4-drop-other-server")).isEqualTo(1);
    assertThat(server.ask(bootp(ALICE).serverName("Boot"))).isNotNull();
  }

  @Test
  void dhcpAfterwardsGoesOnWithTheSameAddress() {
    server.ask(bootp(ALICE));

    assertThat(brief(server.ask(discover(ALICE)))).isEqualTo("offer 192.0.2.16 4000");
    server.serve(ALICE);
    assertThat(server.lease("192.0.2.16").state()).isEqualTo(LeaseState.ACTIVE);
    assertThat(server.lease("192.0.2.16").times().expires()).isEqualTo(server.now + 4000);
  }

  @Test
  void withoutAddressNothingIsSaid() {
    TestServer none =
        new TestServer(
            new SubnetBuilder(1, "192.0.2.0/24")
                .dhcp4(
                    new Dhcp4Terms(
                        false, true, BootFields.NONE, OptionalDouble.empty(), 60, true, false))
                .link());

    assertThat(none.ask(bootp(ALICE))).isNull();
    assertThat(none.count("pkt4-drop-no-address")).isEqualTo(1);
  }
}
