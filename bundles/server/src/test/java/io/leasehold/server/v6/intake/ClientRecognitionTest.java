// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.HardwareAddress;
import io.leasehold.net.Ipv6;
import io.leasehold.server.expression.Membership;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.v6.ClientMessage;
import io.leasehold.server.v6.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who a client is (RFC 8415 section 11, RFC 6939). */
class ClientRecognitionTest {
  private static final Duid LLT = Duid.ofText("0001000111223344020000000001");
  private static final Duid LL = Duid.ofText("00030006020000000002");
  private static final Duid UUID = Duid.ofText("000400112233445566778899aabbccddeeff");
  private static final Ipv6 EUI64 = Ipv6.ofText("fe80::ff:fe00:3");

  private final ClientRecognition recognition =
      new ClientRecognition(
          List.of(HostIdentifier.Type.HW_ADDRESS, HostIdentifier.Type.DUID), null);

  private Client client(Duid duid, Ipv6 source, RelayMessage... outermostFirst) {
    return recognition.recognise(
        facts(ClientMessage.solicit(duid).build(), source, outermostFirst));
  }

  private static PacketFacts6 facts(
      ClientServerMessage message, Ipv6 source, RelayMessage... outermostFirst) {
    return new PacketFacts6(
        message,
        List.of(outermostFirst),
        new Arrival("eth1", TestServer.MULTICAST, source, 546),
        message.encodedLength(),
        Membership.NONE);
  }

  private static RelayMessage relay(Ipv6 peer, String linkLayerAddress) {
    Options options =
        linkLayerAddress.isEmpty()
            ? Options.EMPTY
            : Options.builder().add(79, Bytes.ofHex(linkLayerAddress)).build();
    return RelayMessage.forward(0, Ipv6.UNSPECIFIED, peer, options);
  }

  @Test
  void linkLayerAddressIsInTheDuid() {
    assertThat(client(LLT, EUI64).hardwareOrNull())
        .isEqualTo(new HardwareAddress(1, Bytes.ofHex("020000000001")));
    assertThat(client(LL, EUI64).hardwareOrNull())
        .isEqualTo(new HardwareAddress(6, Bytes.ofHex("020000000002")));
  }

  @Test
  void elseItIsInTheSourceAddress() {
    assertThat(client(UUID, EUI64).hardwareOrNull())
        .isEqualTo(new HardwareAddress(1, Bytes.ofHex("020000000003")));
    assertThat(client(UUID, TestServer.MULTICAST, relay(EUI64, "")).hardwareOrNull())
        .isEqualTo(new HardwareAddress(1, Bytes.ofHex("020000000003")));
    assertThat(client(UUID, Ipv6.ofText("fe80::1")).hardwareOrNull()).isNull();
    assertThat(client(UUID, Ipv6.ofText("2001:db8::ff:fe00:3")).hardwareOrNull()).isNull();
  }

  @Test
  void whatTheNearestRelaySaysGoesFirst() {
    RelayMessage outer = relay(EUI64, "0001" + "020000000009");
    RelayMessage inner = relay(EUI64, "0001" + "020000000004");

    assertThat(client(LL, EUI64, outer, inner).hardwareOrNull())
        .isEqualTo(new HardwareAddress(1, Bytes.ofHex("020000000004")));
    // RFC 6939 section 6: the relay nearest to the client, or none.
    assertThat(client(LL, EUI64, outer, relay(EUI64, "")).hardwareOrNull())
        .isEqualTo(new HardwareAddress(6, Bytes.ofHex("020000000002")));
  }

  @Test
  void identifiersAreInTheOrderOfThePlan() {
    assertThat(client(LL, EUI64).identifiers())
        .containsExactly(
            new HostIdentifier(HostIdentifier.Type.HW_ADDRESS, Bytes.ofHex("020000000002")),
            new HostIdentifier(HostIdentifier.Type.DUID, LL.value()));
    assertThat(client(LL, EUI64).identity()).isEqualTo(ClientIdentity.of(LL));
  }

  @Test
  void shortAndStrangeDuidsAreOpaque() {
    assertThat(client(Duid.ofText("00"), Ipv6.ofText("fe80::1")).hardwareOrNull()).isNull();
    assertThat(client(Duid.ofText("00030001"), Ipv6.ofText("fe80::1")).hardwareOrNull()).isNull();
    assertThat(client(Duid.ofText("0001000111223344"), Ipv6.ofText("fe80::1")).hardwareOrNull())
        .isNull();
  }

  @Test
  void whoDoesNotSayIsNobody() {
    Client nobody =
        recognition.recognise(
            facts(ClientMessage.informationRequest().build(), Ipv6.ofText("fe80::1")));

    assertThat(nobody.duidOrNull()).isNull();
    assertThat(nobody.identity()).isEqualTo(ClientIdentity.NONE);
    assertThat(nobody.identifiers()).isEmpty();
  }
}
