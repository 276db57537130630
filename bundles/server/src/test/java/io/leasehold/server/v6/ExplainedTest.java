// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.BOB;
import static io.leasehold.server.v6.ClientMessage.informationRequest;
import static io.leasehold.server.v6.ClientMessage.rebind;
import static io.leasehold.server.v6.ClientMessage.request;
import static io.leasehold.server.v6.ClientMessage.solicit;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.hook.Moment;
import io.leasehold.hook.PacketContext;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.server.Decision.Topic;
import io.leasehold.server.explain.Captured;
import io.leasehold.server.plan.BootFields;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.PlanOption;
import io.leasehold.server.plan.Reservation;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.TestInterceptor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told about answers to whoever wants to know why. */
class ExplainedTest {
  private final Captured told = new Captured();

  private static PlanOption option(int code, String hex, boolean always, boolean never) {
    return new PlanOption(OptionSpace.DHCP6, code, Bytes.ofHex(hex), always, never);
  }

  private static PlanOption option(int code, String hex) {
    return option(code, hex, false, false);
  }

  private void ask(TestServer server, ClientMessage message) {
    server.ask(message.build(), TestServer.ON_ETH1.explainedTo(told.listener(false)));
  }

  @Test
  void aNewClientHearsOfSubnetPoolAndAllocator() {
    TestServer server = new TestServer(SubnetBuilder.lab().link());

    ask(server, request(ALICE).na(7));

    assertThat(told.last().message()).isEqualTo("request");
    assertThat(told.last().transactionId()).isEqualTo(0x123456);
    assertThat(told.about(Topic.CLIENT)).singleElement().asString().contains(ALICE.toString());
    assertThat(told.about(Topic.SUBNET))
        .containsExactly("1 2001:db8:1::/64: the plan has it for the interface eth1");
    assertThat(told.about(Topic.RESERVATION)).containsExactly("none");
    assertThat(told.about(Topic.LEASE))
        .containsExactly(
            "2001:db8:1::10 for 4000 s, subnet 1, pool 2001:db8:1::10 - 2001:db8:1::1f: allocator"
                + " iterative");
    assertThat(told.about(Topic.ANSWER))
        .containsExactly("reply to fe80::a port 546: when 1 lease is durable");
    assertThat(told.last().answer()).isEqualTo(server.last.replyOrNull());
    assertThat(told.last().isDropped()).isFalse();
  }

  @Test
  void whyItIsThisLease() {
    TestServer server = new TestServer(SubnetBuilder.lab().link());
    ask(server, solicit(ALICE).na(7));
    ask(server, request(ALICE).na(7, "2001:db8:1::10"));
    assertThat(told.about(Topic.LEASE))
        .singleElement()
        .asString()
        .endsWith("offered to the client before");

    ask(server, request(ALICE).na(7, "2001:db8:1::10"));
    assertThat(told.about(Topic.LEASE)).singleElement().asString().endsWith("the client has it");

    ask(server, request(BOB).na(7, "2001:db8:1::15"));
    assertThat(told.about(Topic.LEASE))
        .singleElement()
        .asString()
        .endsWith("the client asked for it");
  }

  @Test
  void whatBecameOfEachOption() {
    Reservation host =
        new Reservation(
            new HostIdentifier(HostIdentifier.Type.DUID, ALICE.value()),
            List.of(Ipv6.ofText("2001:db8:1::5")),
            List.of(),
            Optional.empty(),
            BootFields.NONE,
            new OptionSet(List.of(option(23, "20010db8000000000000000000000001"))));
    TestServer server =
        new TestServer(
            SubnetBuilder.lab()
                .reserve(host)
                .option(option(23, "20010db8000000000000000000000002"))
                .option(option(24, "00"))
                .option(option(21, "00", true, false))
                .option(option(22, "00", false, true))
                .option(option(3, "00"))
                .option(option(32, "00000e10", true, false))
                .link());

    ask(server, request(ALICE).na(7).oro(23, 31));

    assertThat(told.about(Topic.RESERVATION))
        .containsExactly("2001:db8:1::5: in subnet 1 by duid " + ALICE);
    assertThat(told.about(Topic.LEASE))
        .singleElement()
        .asString()
        .endsWith("reserved for the client");
    assertThat(told.fates())
        .containsExactly(
            "23 host sent",
            "23 subnet overridden",
            "24 subnet not-requested",
            "21 subnet sent",
            "22 subnet never-send",
            "3 subnet not-for-plans",
            "32 subnet not-due",
            "31 not-configured");
  }

  @Test
  void optionsOfASharedNetworkAreToldAsItsOwn() {
    PlanOption near = option(23, "20010db8000000000000000000000001");
    PlanOption far = option(23, "20010db8000000000000000000000002");
    TestServer server =
        new TestServer(
            SubnetBuilder.lab().option(near).network(far).network(option(24, "00")).link());

    ask(server, request(ALICE).na(7).oro(23, 24));

    assertThat(told.fates())
        .containsExactly(
            "23 subnet sent", "23 shared-network overridden", "24 shared-network sent");
  }

  @Test
  void vendorOptionsAreLookedForInTheirVendor() {
    OptionSpace vendor = OptionSpace.vendor(4491);
    TestServer server =
        new TestServer(
            SubnetBuilder.lab()
                .option(new PlanOption(vendor, 32, Bytes.ofHex("01"), false, false))
                .link());

    ask(server, informationRequest().from(ALICE).oro(17));
    assertThat(told.fates()).containsExactly("32 subnet sent");

    ask(server, informationRequest().from(ALICE));
    assertThat(told.fates()).containsExactly("32 subnet not-requested");
  }

  @Test
  void whyThereIsNoAnswer() {
    TestServer server = new TestServer(SubnetBuilder.lab().link());

    ask(server, rebind(ALICE).na(7, "2001:db8:1::99"));
    assertThat(told.about(Topic.DROP))
        .containsExactly(
            "pkt6-drop-unknown-binding: it is about leases that this server knows nothing about");

    ask(server, ClientMessage.bare(1).na(1));
    assertThat(told.about(Topic.DROP))
        .containsExactly("pkt6-drop-no-client-id: the Client Identifier is missing");
    assertThat(told.last().isDropped()).isTrue();

    server.ask(Bytes.ofHex("01123456000100"), TestServer.ON_ETH1.explainedTo(told.listener(false)));
    assertThat(told.about(Topic.DROP)).singleElement().asString().startsWith("pkt6-drop-malformed");
    assertThat(told.last().message()).isEmpty();
  }

  @Test
  void whyNothingIsLeft() {
    TestServer server =
        new TestServer(
            new SubnetBuilder(1, "2001:db8:1::/64")
                .on("eth1")
                .pool("2001:db8:1::10", "2001:db8:1::10")
                .link());
    server.ask(request(BOB).na(1));

    ask(server, solicit(ALICE).na(7));

    assertThat(told.about(Topic.LEASE))
        .containsExactly(
            "nothing for ia-na 7: no address is available on this link; units free in the pools of"
                + " the link: 0");
  }

  @Test
  void relayAgentsAreAReasonForASubnet() {
    TestServer server = new TestServer(SubnetBuilder.lab().link());
    Arrival from = new Arrival("", Ipv6.ofText("2001:db8::547"), Ipv6.ofText("2001:db8:1::1"), 547);
    RelayMessage known =
        RelayMessage.forward(
            0, Ipv6.ofText("2001:db8:1::1"), Ipv6.ofText("fe80::a"), Options.EMPTY);
    RelayMessage unknown =
        RelayMessage.forward(
            0, Ipv6.ofText("2001:db8:9::1"), Ipv6.ofText("fe80::a"), Options.EMPTY);

    server.ask(
        TestServer.relayed(solicit(ALICE).na(1).build(), known),
        from.explainedTo(told.listener(false)));
    assertThat(told.about(Topic.SUBNET))
        .containsExactly(
            "1 2001:db8:1::/64: the plan has it for the link-address of a relay agent"
                + " 2001:db8:1::1");

    server.ask(
        TestServer.relayed(solicit(ALICE).na(1).build(), unknown),
        from.explainedTo(told.listener(false)));
    assertThat(told.about(Topic.SUBNET)).singleElement().asString().startsWith("none: ");
    assertThat(told.about(Topic.LEASE))
        .singleElement()
        .asString()
        .contains("the plan does not know the link");
  }

  @Test
  void whatAnInterceptorTookOutIsToldFromWhatWasNotAskedFor() {
    TestServer server =
        new TestServer(
            List.of(
                new TestInterceptor() {
                  @Override
                  public Optional<ClientServerMessage> message(
                      Moment moment, ClientServerMessage message, PacketContext context) {
                    return Optional.of(
                        new ClientServerMessage(
                            message.type(),
                            message.transactionId(),
                            message.options().toBuilder().remove(21).build()));
                  }
                }),
            SubnetBuilder.lab().option(option(21, "00", true, false)).link());

    ask(server, request(ALICE).na(7));

    assertThat(told.fates()).containsExactly("21 subnet removed");
  }

  @Test
  void aTrialChangesNothing() {
    TestServer server = new TestServer(SubnetBuilder.lab().rapidCommit().link());
    Arrival onTrial = TestServer.ON_ETH1.explainedTo(told.listener(true));

    server.ask(solicit(ALICE).na(1).rapidCommit().build(), onTrial);
    assertThat(told.last().answer().isEmpty()).isFalse();
    assertThat(server.table.size()).isZero();
    assertThat(server.changes).isEmpty();

    server.ask(solicit(ALICE).na(1).build(), onTrial);
    server.ask(solicit(BOB).na(1, "2001:db8:1::10").build(), onTrial);
    assertThat(told.about(Topic.LEASE))
        .as("nothing was offered to the other one")
        .singleElement()
        .asString()
        .startsWith("2001:db8:1::10 ");
  }
}
