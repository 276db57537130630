// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v4.Dhcp4Options;
import io.leasehold.load.Protocol.Purpose;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import org.junit.jupiter.api.Test;

class Protocol4Test {
  private static final byte SALT = 0x5a;
  private static final int CLIENT = 0xfedcba98;
  private static final int XID = 0x89abcdef;
  private static final Bytes CHADDR = Bytes.ofHex("025afedcba98");
  private static final Ipv4 RELAY = Ipv4.ofText("10.255.0.2");
  private static final Ipv4 SERVER = Ipv4.ofText("10.255.0.1");
  private static final Ipv4 ADDRESS = Ipv4.ofText("210.128.3.4");

  private final Protocol4 protocol = new Protocol4(RELAY.bytes().toArray(), SALT);

  private static Bytes answer(int type) {
    Options options =
        Options.builder()
            .add(Dhcp4Options.MESSAGE_TYPE, type)
            .add(Dhcp4Options.SERVER_ID, SERVER)
            .add(Dhcp4Options.LEASE_TIME, 3600L)
            .build();
    return Dhcp4Message.builder()
        .op(Dhcp4Message.BOOT_REPLY)
        .transactionId(XID)
        .yourAddress(type == Dhcp4MessageType.NAK ? Ipv4.UNSPECIFIED : ADDRESS)
        .relayAddress(RELAY)
        .hardware(1, CHADDR)
        .options(options)
        .build()
        .encode();
  }

  @Test
  void discoverIsWhatTheCodecReads() {
    Bytes octets = Messages.written(protocol, Messages.order(Purpose.FIRST, XID, CLIENT));

    Dhcp4Message message = Dhcp4Message.decode(octets);

    assertThat(message.type()).isEqualTo(Dhcp4MessageType.DISCOVER);
    assertThat(message.transactionId()).isEqualTo(XID);
    assertThat(message.hardwareAddress()).isEqualTo(CHADDR);
    assertThat(message.relayAddress()).isEqualTo(RELAY);
    assertThat(message.hops()).isEqualTo(1);
    assertThat(message.clientAddress().isUnspecified()).isTrue();
    assertThat(message.options().has(Dhcp4Options.SERVER_ID)).isFalse();
  }

  @Test
  void requestSelectsTheOffer() {
    protocol.learnServer(Messages.read(protocol, answer(Dhcp4MessageType.OFFER)));
    Order order = Messages.order(Purpose.SECOND, XID, CLIENT);
    order.addressLow = ADDRESS.value() & 0xffffffffL;
    order.elapsedMillis = 4000;

    Dhcp4Message message = Dhcp4Message.decode(Messages.written(protocol, order));

    assertThat(message.type()).isEqualTo(Dhcp4MessageType.REQUEST);
    assertThat(message.options().first(Dhcp4Options.SERVER_ID)).contains(SERVER);
    assertThat(message.options().first(Dhcp4Options.REQUESTED_ADDRESS)).contains(ADDRESS);
    assertThat(message.clientAddress().isUnspecified()).isTrue();
    assertThat(message.seconds()).isEqualTo(4);
  }

  @Test
  void renewalHasTheAddressAsItsOwnAndNoServer() {
    protocol.learnServer(Messages.read(protocol, answer(Dhcp4MessageType.OFFER)));
    Order order = Messages.order(Purpose.RENEW, XID, CLIENT);
    order.addressLow = ADDRESS.value() & 0xffffffffL;

    Dhcp4Message message = Dhcp4Message.decode(Messages.written(protocol, order));

    assertThat(message.type()).isEqualTo(Dhcp4MessageType.REQUEST);
    assertThat(message.clientAddress()).isEqualTo(ADDRESS);
    assertThat(message.options().has(Dhcp4Options.SERVER_ID)).isFalse();
    assertThat(message.options().has(Dhcp4Options.REQUESTED_ADDRESS)).isFalse();
  }

  @Test
  void answersAreRead() {
    Answer ack = Messages.read(protocol, answer(Dhcp4MessageType.ACK));

    assertThat(ack.kind).isEqualTo(Answer.Kind.ACK);
    assertThat(ack.xid).isEqualTo(XID);
    assertThat(ack.ours).isTrue();
    assertThat(ack.client).isEqualTo(CLIENT);
    assertThat((int) ack.addressLow).isEqualTo(ADDRESS.value());
    assertThat(protocol.isOtherServer(ack)).isTrue();
    protocol.learnServer(ack);
    assertThat(protocol.isOtherServer(ack)).isFalse();
    assertThat(Messages.read(protocol, answer(Dhcp4MessageType.NAK)).kind)
        .isEqualTo(Answer.Kind.NAK);
  }

  @Test
  void whatIsNoAnswerIsNotRead() {
    Bytes question = Messages.written(protocol, Messages.order(Purpose.FIRST, XID, CLIENT));

    assertThat(Messages.read(protocol, question)).isNull();
    assertThat(Messages.read(protocol, answer(Dhcp4MessageType.ACK).slice(0, 239))).isNull();
  }

  @Test
  void echoAnswersBothHalves() {
    Echo4 echo = new Echo4();
    Order order = Messages.order(Purpose.FIRST, XID, CLIENT);
    Bytes octets = Messages.echoed(echo, Messages.written(protocol, order));
    assertThat(Dhcp4Message.decode(octets).type()).isEqualTo(Dhcp4MessageType.OFFER);
    Answer offer = Messages.read(protocol, octets);
    protocol.learnServer(offer);
    order.purpose = Purpose.SECOND;
    order.addressLow = offer.addressLow;

    Answer ack = Messages.read(protocol, Messages.echoed(echo, Messages.written(protocol, order)));

    assertThat(ack.kind).isEqualTo(Answer.Kind.ACK);
    assertThat(ack.addressLow).isEqualTo(offer.addressLow).isNotZero();
  }
}
