// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.codec.v4.Dhcp4Options;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.server.answer.Grant;
import io.leasehold.server.plan.BootFields;
import io.leasehold.server.plan.Reservation;
import io.leasehold.server.plan.Subnet;
import io.leasehold.server.v4.intake.Dhcp4Request;
import java.util.List;
import java.util.stream.IntStream;

/** Writes one reply, field by field (RFC 2131 section 4.3.1, table 3). Owned by the lane. */
final class ReplyWriter {
  private static final int SERVER_NAME_LENGTH = 64;
  private static final int BOOT_FILE_LENGTH = 128;

  /** More than most replies have. */
  private static final int EXPECTED_OPTIONS = 12;

  /** Subnet masks by their length, made once. */
  private static final List<Option> MASKS =
      IntStream.rangeClosed(0, Integer.SIZE)
          .mapToObj(length -> new Option(Dhcp4OptionCode.SUBNET_MASK, Ipv4.mask(length).bytes()))
          .toList();

  /** Message types by their number, made once. */
  private static final List<Option> TYPES =
      IntStream.rangeClosed(0, Dhcp4MessageType.NAK)
          .mapToObj(type -> new Option(Dhcp4OptionCode.MESSAGE_TYPE, Bytes.of(type)))
          .toList();

  private final Dhcp4Request request;
  private final boolean echoClientId;
  private final boolean isPositive;
  private final Dhcp4Message.Builder message = Dhcp4Message.builder();
  private final Options.Builder options = Options.builder(EXPECTED_OPTIONS);

  /**
   * A reply with what every reply has.
   *
   * @param type the message type; 0 is BOOTP, which has none and says nothing of servers
   * @param echoClientId whether the client gets its identifier back (RFC 6842)
   */
  ReplyWriter(Dhcp4Request request, int type, boolean echoClientId) {
    this.request = request;
    this.echoClientId = echoClientId;
    this.isPositive = type != Dhcp4MessageType.NAK;
    Dhcp4Message query = request.message();
    message
        .op(Dhcp4Message.BOOT_REPLY)
        .hardware(query.hardwareType(), query.hardwareAddress())
        .transactionId(query.transactionId())
        .flags(query.flags())
        .relayAddress(query.relayAddress());
    if (type != Dhcp4MessageType.BOOTP) {
      options.add(TYPES.get(type));
      options.add(Dhcp4OptionCode.SERVER_ID, request.serverId().bytes());
    }
  }

  /** The address, for how long, and its mask. */
  ReplyWriter lease(Grant grant, Options timers, ReplyOptions plan) {
    address(grant);
    options.addAll(timers);
    return mask(grant.choice().subnet(), plan);
  }

  /** The address alone. */
  ReplyWriter address(Grant grant) {
    message.yourAddress(grant.key().address().toIpv4());
    return this;
  }

  /** The plan's subnet mask, else that of the subnet. */
  ReplyWriter mask(Subnet subnet, ReplyOptions plan) {
    if (plan.subnetMask().isEmpty()) {
      options.add(MASKS.get(subnet.prefix().ipv4Length()));
    } else {
      options.add(Dhcp4OptionCode.SUBNET_MASK, plan.subnetMask());
    }
    return this;
  }

  /** The client's own address, which it had before (RFC 2131 table 3). */
  ReplyWriter clientAddress() {
    message.clientAddress(request.message().clientAddress());
    return this;
  }

  /** What the plan has for the client. */
  ReplyWriter plan(ReplyOptions plan, Subnet subnetOrNull, Exchange exchange) {
    if (request.requested().contains(Dhcp4OptionCode.SUBNET_MASK)
        && subnetOrNull != null
        && !options.has(Dhcp4OptionCode.SUBNET_MASK)) {
      mask(subnetOrNull, plan);
    }
    plan.addTo(options, request);
    Reservation reservation = exchange.reserved().in(subnetOrNull);
    String name = reservation == null ? "" : reservation.hostname().orElse("");
    ClientName.addTo(options, request.message(), name);
    BootFields subnet =
        exchange
            .classification()
            .boot(subnetOrNull == null ? BootFields.NONE : subnetOrNull.dhcp4().boot());
    boot(reservation == null ? subnet : reservation.boot().over(subnet));
    return this;
  }

  private void boot(BootFields fields) {
    fields.nextServer().ifPresent(message::nextServer);
    fields.serverHostname().ifPresent(name -> message.serverName(text(name, SERVER_NAME_LENGTH)));
    fields.bootFileName().ifPresent(name -> message.bootFile(text(name, BOOT_FILE_LENGTH)));
  }

  private static Bytes text(String text, int room) {
    Bytes octets = Bytes.ofUtf8(text);
    return octets.length() <= room ? octets : octets.slice(0, room);
  }

  /** One more option. */
  ReplyWriter option(Option option) {
    options.set(option.code(), option.value());
    return this;
  }

  /** Why the client is told not to use its address. */
  ReplyWriter refusal(String why) {
    options.add(Dhcp4Options.MESSAGE, why);
    return broadcast();
  }

  /** A relay agent without an address to forward to broadcasts (RFC 2131 section 4.3.2). */
  ReplyWriter broadcast() {
    if (request.message().isRelayed()) {
      message.flags(request.message().flags() | Dhcp4Message.BROADCAST);
    }
    return this;
  }

  /** The message, with what goes back as it came. */
  Dhcp4Message done() {
    if (echoClientId && !request.message().isBootp()) {
      echo(Dhcp4OptionCode.CLIENT_ID);
    }
    if (isPositive && request.selectsSubnet()) {
      // RFC 3011 section 2: the client discards an answer without it.
      echo(Dhcp4OptionCode.SUBNET_SELECTION);
    }
    echo(Dhcp4OptionCode.RELAY_AGENT_INFO);
    return message.options(options.build()).build();
  }

  /** Puts an option of the client, or of its relay agent, into the reply unchanged. */
  private void echo(int code) {
    Options asked = request.message().options();
    if (asked.has(code)) {
      options.set(code, asked.rawOrEmpty(code));
    }
  }
}
