// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.hop.Application;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;

/**
 * The messages that ask for TLS and answer that: STARTTLS and REPLY (RFC 7653 sections 8.2 and 9.1,
 * also for failover by RFC 8156 section 6.1), DHCPTLS both ways for DHCPv4 (RFC 7724 sections 7.2
 * and 8.1).
 */
final class StartTls {
  /** TLSConnectionRefused of RFC 7724 section 5.2.2; DHCPv6 has another number for it. */
  private static final int REFUSED4 = 8;

  private StartTls() {}

  /** Asks for TLS; without options. */
  static Bytes request(Application application, int transactionId) {
    if (application.family() == Family.IPV6) {
      return new ClientServerMessage(
              Dhcp6MessageType.STARTTLS, transactionId & 0xff_ffff, Options.EMPTY)
          .encode();
    }
    return message4(Dhcp4Message.BOOT_REQUEST, transactionId, type4());
  }

  /** Whether a message asks for TLS; its options are ignored. */
  static boolean isRequest(Application application, Bytes message) {
    if (!application.hasStartTls()) {
      return false;
    }
    try {
      if (application.family() == Family.IPV6) {
        return !message.isEmpty()
            && message.at(0) == Dhcp6MessageType.STARTTLS
            && message.length() >= ClientServerMessage.HEADER_LENGTH;
      }
      Dhcp4Message decoded = Dhcp4Message.decode(message);
      return decoded.op() == Dhcp4Message.BOOT_REQUEST && decoded.type() == Dhcp4MessageType.TLS;
    } catch (MalformedPacketException e) {
      return false; // then it is something else
    }
  }

  /** Answers a request: TLS may begin, or is refused. */
  static Bytes answer(Application application, Bytes request, boolean accepted) {
    if (application.family() == Family.IPV6) {
      int transactionId = (int) request.u32(0) & 0xff_ffff;
      Options.Builder options = Options.builder();
      if (!accepted) {
        options.add(Dhcp6OptionCode.STATUS_CODE, refused6());
      }
      return new ClientServerMessage(Dhcp6MessageType.REPLY, transactionId, options.build())
          .encode();
    }
    Options.Builder options = type4().toBuilder();
    if (!accepted) {
      options.add(Dhcp4OptionCode.STATUS_CODE, Bytes.of(REFUSED4));
    }
    int transactionId = Dhcp4Message.decode(request).transactionId();
    return message4(Dhcp4Message.BOOT_REPLY, transactionId, options.build());
  }

  private static Bytes refused6() {
    return new ByteWriter(2).u16(Dhcp6StatusCode.TLS_CONNECTION_REFUSED).toBytes();
  }

  private static Options type4() {
    return Options.builder()
        .add(Dhcp4OptionCode.MESSAGE_TYPE, Bytes.of(Dhcp4MessageType.TLS))
        .build();
  }

  private static Bytes message4(int op, int transactionId, Options options) {
    return Dhcp4Message.builder()
        .op(op)
        .transactionId(transactionId)
        .options(options)
        .build()
        .encode();
  }

  /** Whether an answer lets TLS begin: it has no status, not even a friendly one. */
  static boolean isAcceptance(Application application, Bytes request, Bytes answer) {
    try {
      if (application.family() == Family.IPV6) {
        ClientServerMessage reply = ClientServerMessage.decode(answer);
        return reply.type() == Dhcp6MessageType.REPLY
            && reply.transactionId() == ((int) request.u32(0) & 0xff_ffff)
            && !reply.options().has(Dhcp6OptionCode.STATUS_CODE);
      }
      Dhcp4Message reply = Dhcp4Message.decode(answer);
      return reply.op() == Dhcp4Message.BOOT_REPLY
          && reply.type() == Dhcp4MessageType.TLS
          && reply.transactionId() == Dhcp4Message.decode(request).transactionId()
          && !reply.options().has(Dhcp4OptionCode.STATUS_CODE);
    } catch (MalformedPacketException e) {
      return false; // an answer that cannot be read accepts nothing
    }
  }
}
