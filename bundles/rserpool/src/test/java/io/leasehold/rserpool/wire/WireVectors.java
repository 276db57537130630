// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.wire.asap.AsapError;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.asap.Deregistration;
import io.leasehold.rserpool.wire.asap.EndpointKeepAlive;
import io.leasehold.rserpool.wire.asap.EndpointKeepAliveAck;
import io.leasehold.rserpool.wire.asap.HandleResolution;
import io.leasehold.rserpool.wire.asap.HandleResolutionResponse;
import io.leasehold.rserpool.wire.asap.Registration;
import io.leasehold.rserpool.wire.asap.RegistrationResponse;
import io.leasehold.rserpool.wire.asap.ServerAnnounce;
import io.leasehold.rserpool.wire.enrp.EnrpMessage;
import io.leasehold.rserpool.wire.enrp.HandleTableRequest;
import io.leasehold.rserpool.wire.enrp.HandleTableResponse;
import io.leasehold.rserpool.wire.enrp.HandleUpdate;
import io.leasehold.rserpool.wire.enrp.InitTakeover;
import io.leasehold.rserpool.wire.enrp.PoolEntry;
import io.leasehold.rserpool.wire.enrp.Presence;
import io.leasehold.rserpool.wire.parameter.OperationError;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.rserpool.wire.parameter.SctpTransport;
import io.leasehold.rserpool.wire.parameter.ServerInformation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Messages octet by octet: those that Wireshark reads, and those that rsplib 3.4.4 sends. */
final class WireVectors {
  /** A message, and what it says. */
  record Vector(String hex, PoolMessage message) {
    Bytes octets() {
      return WireVectors.octets(hex);
    }
  }

  static final PoolHandle DHCP4 = PoolHandle.of("dhcp4");
  static final long PE = 0x0a0b0c0dL;
  static final long ONE = 0x11111111L;
  static final long TWO = 0x22222222L;
  static final Ipv6 NINE = Ipv6.ofText("192.0.2.9");
  static final PoolPolicy PRIORITY = PoolPolicy.of(PolicyType.PRIORITY, 200);

  /** As it registers. */
  static final PoolElement ELEMENT =
      new PoolElement(
          PE, 0, 300, PortTransport.udp(Ipv6.ofText("192.0.2.1"), 67), PRIORITY, Optional.empty());

  /** As its home hands it on. */
  static final PoolElement OWNED =
      ELEMENT.ownedBy(
          ONE, Optional.of(new SctpTransport(40000, false, List.of(Ipv6.ofText("192.0.2.1")))));

  private static final String HANDLE = "00090009 64686370 34000000"; // dhcp4
  private static final String ELEMENT_HEX =
      "000a002c 0a0b0c0d 00000000 0000012c" // PE, no home, 300
          + "00060010 00430000 00010008 c0000201" // UDP 192.0.2.1:67
          + "0008000c 00000005 000000c8"; // Priority 200
  private static final String OWNED_HEX =
      "000a003c 0a0b0c0d 11111111 0000012c"
          + "00060010 00430000 00010008 c0000201"
          + "0008000c 00000005 000000c8"
          + "00040010 9c400000 00010008 c0000201"; // SCTP 192.0.2.1:40000

  static final List<Vector> ASAP =
      List.of(
          new Vector("0100003c" + HANDLE + ELEMENT_HEX, new Registration(DHCP4, ELEMENT)),
          new Vector(
              "03000018" + HANDLE + "000e0008 0a0b0c0d",
              RegistrationResponse.accepted(new ElementKey(DHCP4, PE))),
          new Vector(
              "03010028"
                  + HANDLE
                  + "000e0008 0a0b0c0d"
                  + "000c0010 0005000c 00080008 00000001", // Inconsistent Pooling Policy
              RegistrationResponse.rejected(
                  new ElementKey(DHCP4, PE),
                  new OperationError(
                      List.of(
                          ErrorCause.of(ErrorCause.INCONSISTENT_POLICY, PoolPolicy.ROUND_ROBIN))))),
          new Vector("02000018" + HANDLE + "000e0008 0a0b0c0d", new Deregistration(DHCP4, PE)),
          new Vector("0501000d" + HANDLE, new HandleResolution(true, DHCP4, OptionalLong.empty())),
          new Vector(
              "06000018" + HANDLE + "000c0008 00090004",
              HandleResolutionResponse.negative(
                  DHCP4, OperationError.of(ErrorCause.UNKNOWN_POOL_HANDLE))),
          new Vector(
              "06010058" + HANDLE + "0008000c 00000005 00000000" + OWNED_HEX,
              new HandleResolutionResponse(
                  true, DHCP4, Optional.of(PRIORITY.ofPool()), List.of(OWNED), Optional.empty())),
          new Vector(
              "07010011 11111111" + HANDLE,
              new EndpointKeepAlive(true, ONE, DHCP4, OptionalLong.empty())),
          new Vector(
              "08000018" + HANDLE + "000e0008 0a0b0c0d", new EndpointKeepAliveAck(DHCP4, PE)),
          new Vector(
              "0a00003c 11111111"
                  + "00050010 0f170000 00010008 c0000209"
                  + "00040024 0f170000 00010008 c0000209"
                  + "00020014 20010db8 00000000 00000000 00000009",
              new ServerAnnounce(
                  ONE,
                  List.of(
                      PortTransport.tcp(NINE, 3863),
                      new SctpTransport(3863, false, List.of(NINE, Ipv6.ofText("2001:db8::9")))))),
          new Vector(
              "0e000013 000c000f 0001000b c1230007 61626300",
              new AsapError(
                  new OperationError(
                      List.of(
                          ErrorCause.of(
                              ErrorCause.UNRECOGNIZED_PARAMETER, Bytes.ofHex("c1230007616263")))))),
          // From here on as rsplib says it.
          new Vector("0a000008 11111111", new ServerAnnounce(ONE, List.of())),
          new Vector(
              "05000018 0009000c 4563686f 506f6f6c 803f0008 00000001",
              new HandleResolution(false, PoolHandle.of("EchoPool"), OptionalLong.of(1))),
          new Vector(
              "07000018 11111111 00090007 50503500 000e0008 aaaa0003",
              new EndpointKeepAlive(
                  false, ONE, PoolHandle.of("PP5"), OptionalLong.of(0xaaaa0003L))),
          new Vector(
              "08000014 00090007 50503500 000e0008 aaaa0003",
              new EndpointKeepAliveAck(PoolHandle.of("PP5"), 0xaaaa0003L)));

  static final List<Vector> ENRP =
      List.of(
          new Vector(
              "0101002c 11111111 00000000 000f0006 e7a50000"
                  + "000b0018 11111111 00040010 26ad0000 00010008 c0000209",
              new Presence(ONE, 0, true, 0xe7a5, Optional.of(server(ONE, "192.0.2.9")))),
          new Vector("0201000c 22222222 11111111", new HandleTableRequest(TWO, ONE, true)),
          new Vector(
              "03020054 11111111 22222222" + HANDLE + OWNED_HEX,
              new HandleTableResponse(
                  ONE, TWO, true, false, List.of(new PoolEntry(DHCP4, List.of(OWNED))))),
          new Vector(
              "04000048 11111111 00000000 00010000"
                  + HANDLE
                  + ELEMENT_HEX.replace("0a0b0c0d 00000000", "0a0b0c0d 11111111"),
              new HandleUpdate(ONE, 0, HandleUpdate.DEL_PE, DHCP4, ELEMENT.ownedBy(ONE))),
          new Vector("07000010 11111111 00000000 33333333", new InitTakeover(ONE, 0, 0x33333333L)),
          // From here on as rsplib says it.
          new Vector(
              "0101002c 22222222 11111111 000f0006 ffff0000"
                  + "000b0018 22222222 00040010 26ad0000 00010008 0a370002",
              new Presence(TWO, ONE, true, 0xffff, Optional.of(server(TWO, "10.55.0.2")))),
          new Vector(
              "0300000c 11111111 22222222",
              new HandleTableResponse(ONE, TWO, false, false, List.of())));

  private WireVectors() {}

  private static ServerInformation server(long id, String address) {
    return new ServerInformation(
        id, List.of(new SctpTransport(9901, false, List.of(Ipv6.ofText(address)))));
  }

  static Bytes octets(String hex) {
    return Bytes.ofHex(hex.replace(" ", ""));
  }

  static Decoded<AsapMessage> asap(String hex) {
    return AsapMessage.decode(octets(hex));
  }

  static Decoded<EnrpMessage> enrp(String hex) {
    return EnrpMessage.decode(octets(hex));
  }
}
