// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.IaAddress;
import io.leasehold.codec.v6.IaNa;
import io.leasehold.codec.v6.RelayChain;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.load.Protocol.Purpose;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Ipv6;
import org.junit.jupiter.api.Test;

class Protocol6Test {
  private static final byte SALT = 0x5a;
  private static final int CLIENT = 0xfedcba98;
  private static final int XID = 0xabcdef;
  private static final Bytes DUID = Bytes.ofHex("00030001025afedcba98");
  private static final Duid SERVER = new Duid(Bytes.ofHex("000100010102030405060708090a"));
  private static final Ipv6 ADDRESS = Ipv6.ofText("2001:db8::1:2:3:4");
  private static final Ipv6 LINK = Ipv6.ofText("2001:db8:ffff::2");

  private final Protocol6 direct = new Protocol6(null, SALT, false, false);

  private static ClientServerMessage decoded(Bytes octets) {
    return ClientServerMessage.decode(octets);
  }

  private static Options.Builder server() {
    return Options.builder()
        .add(Dhcp6Options.CLIENT_ID, new Duid(DUID))
        .add(Dhcp6Options.SERVER_ID, SERVER);
  }

  private static Options leased(long validSeconds) {
    Options inner =
        Options.builder()
            .add(
                Dhcp6Options.IAADDR,
                new IaAddress(ADDRESS, Math.min(100, validSeconds), validSeconds, Options.EMPTY))
            .build();
    return server().add(Dhcp6Options.IA_NA, new IaNa(1, 10, 20, inner)).build();
  }

  private static Bytes message(int type, Options options) {
    return new ClientServerMessage(type, XID, options).encode();
  }

  @Test
  void solicitIsWhatTheCodecReads() {
    ClientServerMessage message =
        decoded(Messages.written(direct, Messages.order(Purpose.FIRST, XID, CLIENT)));

    assertThat(message.type()).isEqualTo(Dhcp6MessageType.SOLICIT);
    assertThat(message.transactionId()).isEqualTo(XID);
    assertThat(message.options().first(Dhcp6Options.CLIENT_ID)).contains(new Duid(DUID));
    assertThat(message.options().first(Dhcp6Options.IA_NA))
        .contains(new IaNa(1, 0, 0, Options.EMPTY));
    assertThat(message.options().first(Dhcp6Options.ELAPSED_TIME)).contains(0);
    assertThat(message.options().has(Dhcp6Options.RAPID_COMMIT)).isFalse();
    assertThat(message.options().has(Dhcp6Options.SERVER_ID)).isFalse();
  }

  @Test
  void rapidSolicitAsksForRapidCommit() {
    Protocol6 rapid = new Protocol6(null, SALT, true, false);

    Bytes solicit = Messages.written(rapid, Messages.order(Purpose.FIRST, XID, CLIENT));

    assertThat(decoded(solicit).options().has(Dhcp6Options.RAPID_COMMIT)).isTrue();
  }

  @Test
  void requestTakesWhatWasAdvertised() {
    Answer answer = Messages.read(direct, message(Dhcp6MessageType.ADVERTISE, leased(100)));
    direct.learnServer(answer);
    Order order = Messages.order(Purpose.SECOND, 7, CLIENT);
    order.addressHigh = answer.addressHigh;
    order.addressLow = answer.addressLow;
    order.elapsedMillis = 1230;

    ClientServerMessage request = decoded(Messages.written(direct, order));

    assertThat(request.type()).isEqualTo(Dhcp6MessageType.REQUEST);
    assertThat(request.transactionId()).isEqualTo(7);
    assertThat(request.options().first(Dhcp6Options.SERVER_ID)).contains(SERVER);
    assertThat(request.options().first(Dhcp6Options.ELAPSED_TIME)).contains(123);
    assertThat(request.options().first(Dhcp6Options.CLIENT_ID)).contains(new Duid(DUID));
    Options inner = request.options().first(Dhcp6Options.IA_NA).orElseThrow().options();
    assertThat(inner.first(Dhcp6Options.IAADDR).orElseThrow().address()).isEqualTo(ADDRESS);
    order.purpose = Purpose.RENEW;
    assertThat(decoded(Messages.written(direct, order)).type()).isEqualTo(Dhcp6MessageType.RENEW);
  }

  @Test
  void advertiseIsRead() {
    Answer answer = Messages.read(direct, message(Dhcp6MessageType.ADVERTISE, leased(100)));

    assertThat(answer.kind).isEqualTo(Answer.Kind.OFFER);
    assertThat(answer.xid).isEqualTo(XID);
    assertThat(answer.ours).isTrue();
    assertThat(answer.client).isEqualTo(CLIENT);
    assertThat(answer.leased).isTrue();
    assertThat(new Ipv6(answer.addressHigh, answer.addressLow)).isEqualTo(ADDRESS);
    assertThat(direct.isOtherServer(answer)).isTrue();
    direct.learnServer(answer);
    assertThat(direct.isOtherServer(answer)).isFalse();
  }

  @Test
  void whatIsNotForOurClientsIsNotOurs() {
    Protocol6 others = new Protocol6(null, (byte) 1, false, false);

    assertThat(Messages.read(others, message(Dhcp6MessageType.REPLY, leased(100))).ours).isFalse();
  }

  @Test
  void anAddressWithoutLifetimeIsNoLease() {
    assertThat(Messages.read(direct, message(Dhcp6MessageType.REPLY, leased(0))).leased).isFalse();
  }

  @Test
  void statusOfAnAssociationIsRead() {
    StatusCode status = new StatusCode(Dhcp6StatusCode.NO_ADDRS_AVAIL, "");
    Options inner = Options.builder().add(Dhcp6Options.STATUS_CODE, status).build();
    Options options = server().add(Dhcp6Options.IA_NA, new IaNa(1, 0, 0, inner)).build();

    Answer answer = Messages.read(direct, message(Dhcp6MessageType.REPLY, options));

    assertThat(answer.kind).isEqualTo(Answer.Kind.ACK);
    assertThat(answer.leased).isFalse();
    assertThat(answer.status).isEqualTo(Dhcp6StatusCode.NO_ADDRS_AVAIL);
  }

  @Test
  void everyCutAnswerIsRefusedOrHasNoLease() {
    Bytes whole = message(Dhcp6MessageType.REPLY, leased(100));
    for (int length = 0; length < whole.length(); length++) {
      Answer answer = Messages.read(direct, whole.slice(0, length));
      assertThat(answer == null || !answer.leased).as("%d octets", length).isTrue();
    }
  }

  @Test
  void relayedMessagesGoThroughARelayThatIsTheClientsOwn() {
    Protocol6 relayed = new Protocol6(LINK.bytes().toArray(), SALT, false, false);

    RelayChain chain =
        RelayChain.decode(Messages.written(relayed, Messages.order(Purpose.FIRST, XID, CLIENT)));

    assertThat(chain.relays()).hasSize(1);
    assertThat(chain.innermostRelay().linkAddress()).isEqualTo(LINK);
    assertThat(chain.innermostRelay().peerAddress()).isEqualTo(Ipv6.ofText("fe80::5aff:fedc:ba98"));
    assertThat(chain.message().type()).isEqualTo(Dhcp6MessageType.SOLICIT);
    assertThat(chain.message().transactionId()).isEqualTo(XID);
    Options options =
        Options.builder()
            .add(Dhcp6Options.INTERFACE_ID, Bytes.of(1, 2))
            .add(Dhcp6Options.RELAY_MSG, message(Dhcp6MessageType.REPLY, leased(100)))
            .build();
    Answer answer = Messages.read(relayed, RelayMessage.reply(0, LINK, LINK, options).encode());
    assertThat(answer.kind).isEqualTo(Answer.Kind.ACK);
    assertThat(answer.client).isEqualTo(CLIENT);
    assertThat(answer.leased).isTrue();
  }

  @Test
  void echoAnswersBothHalves() {
    Protocol6 relayed = new Protocol6(LINK.bytes().toArray(), SALT, false, false);
    assertEchoServes(direct, new Echo6());
    assertEchoServes(relayed, new Echo6());
    assertEchoServes(new Protocol6(null, SALT, false, true), new Echo6());
  }

  private static void assertEchoServes(Protocol6 protocol, Echo6 echo) {
    Order order = Messages.order(Purpose.FIRST, XID, CLIENT);
    Bytes advertise = Messages.echoed(echo, Messages.written(protocol, order));
    RelayChain.decode(advertise); // or it is malformed
    Answer offer = Messages.read(protocol, advertise);
    assertThat(offer.kind).isEqualTo(Answer.Kind.OFFER);
    assertThat(offer.leased && offer.ours).isTrue();
    protocol.learnServer(offer);
    order.purpose = Purpose.SECOND;
    order.addressHigh = offer.addressHigh;
    order.addressLow = offer.addressLow;
    Answer ack = Messages.read(protocol, Messages.echoed(echo, Messages.written(protocol, order)));
    assertThat(ack.kind).isEqualTo(Answer.Kind.ACK);
    assertThat(ack.addressHigh).isEqualTo(offer.addressHigh);
    assertThat(ack.addressLow).isEqualTo(offer.addressLow);
    assertThat(ack.client).isEqualTo(CLIENT);
  }
}
