// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.RandomOctets;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.OptionSamples;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import io.leasehold.net.DomainName;
import io.leasehold.net.Duid;
import io.leasehold.net.HardwareAddress;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.util.List;
import java.util.Optional;

/** Random messages that are well formed, and random octets that are not. */
final class Packets extends RandomOctets {
  Packets(long seed) {
    super(seed);
  }

  Ipv6 address() {
    return new Ipv6(random.nextLong(), random.nextLong());
  }

  Prefix prefix() {
    return address().prefix(random.nextInt(129));
  }

  Dhcp6Message message() {
    Dhcp6Message message = clientMessage();
    for (int relays = random.nextInt(RelayChain.MAX_DEPTH + 1); relays > 0; relays--) {
      message = relay(message.encode());
    }
    return message;
  }

  ClientServerMessage clientMessage() {
    int type;
    do {
      type = random.nextInt(256);
    } while (Dhcp6MessageType.isRelay(type));
    return new ClientServerMessage(type, random.nextInt(1 << 24), messageOptions());
  }

  RelayMessage relay(Bytes relayed) {
    Options.Builder options = Options.builder();
    if (random.nextBoolean()) {
      options.add(Dhcp6Options.INTERFACE_ID, octets(1, 20));
      options.add(Dhcp6Options.REMOTE_ID, new RemoteId(u32(), octets(1, 20)));
      options.add(Dhcp6Options.RELAY_ID, duid());
      options.add(Dhcp6Options.RELAY_PORT, random.nextInt(65536));
    }
    options.add(Dhcp6Options.RELAY_MSG, relayed);
    options.add(
        Dhcp6Options.CLIENT_LINKLAYER_ADDR,
        new HardwareAddress(random.nextInt(65536), octets(1, 8)));
    return RelayMessage.forward(random.nextInt(256), address(), address(), options.build());
  }

  Duid duid() {
    return new Duid(octets(1, Duid.MAX_LENGTH));
  }

  private Options messageOptions() {
    Options.Builder options = Options.builder();
    for (int count = random.nextInt(12); count > 0; count--) {
      options.add(option(3));
    }
    return options.build();
  }

  /** An option of a row of the table, filled in, with options inside if it holds any. */
  private Option option(int depth) {
    if (random.nextInt(8) == 0) {
      return new Option(1000 + random.nextInt(64000), octets(0, 30));
    }
    var row = Dhcp6OptionTable.ROWS.get(random.nextInt(Dhcp6OptionTable.ROWS.size()));
    var definition = row.definition();
    Bytes head = definition.format().encodeText(OptionSamples.fields(definition.format(), random));
    Options.Builder inside = Options.builder();
    if (definition.encapsulates().isPresent() && depth > 0) {
      for (int count = random.nextInt(4); count > 0; count--) {
        inside.add(option(depth - 1));
      }
    }
    return new Option(
        definition.code(), Bytes.ofHex(head.toHex() + inside.build().encode().toHex()));
  }

  ClientServerMessage typicalReply() {
    Options address =
        Options.builder()
            .add(Dhcp6Options.IAADDR, iaAddress())
            .add(Dhcp6Options.IAADDR, iaAddress())
            .build();
    Options prefix = Options.builder().add(Dhcp6Options.IAPREFIX, iaPrefix()).build();
    return new ClientServerMessage(
        Dhcp6MessageType.REPLY,
        random.nextInt(1 << 24),
        Options.builder()
            .add(Dhcp6Options.CLIENT_ID, duid())
            .add(Dhcp6Options.SERVER_ID, duid())
            .add(Dhcp6Options.IA_NA, new IaNa(u32(), u32(), u32(), address))
            .add(Dhcp6Options.IA_TA, new IaTa(u32(), Options.EMPTY))
            .add(Dhcp6Options.IA_PD, new IaPd(u32(), u32(), u32(), prefix))
            .add(Dhcp6Options.STATUS_CODE, new StatusCode(random.nextInt(65536), "ok é"))
            .add(Dhcp6Options.DNS_SERVERS, List.of(address(), address()))
            .add(
                Dhcp6Options.DOMAIN_SEARCH,
                List.of(DomainName.ofText("a.example"), DomainName.ofText(".")))
            .add(
                Dhcp6Options.CLIENT_FQDN,
                new ClientFqdn(1, Optional.of(DomainName.ofPartialText("h"))))
            .add(Dhcp6Options.VENDOR_OPTS, new VendorOptions(u32(), address))
            .add(
                Dhcp6Options.VENDOR_CLASS,
                new VendorClass(u32(), List.of(octets(0, 9), octets(0, 9))))
            .add(Dhcp6Options.USER_CLASS, List.of(octets(0, 9)))
            .add(Dhcp6Options.AUTH, new Authentication(3, 1, 0, random.nextLong(), octets(0, 17)))
            .add(Dhcp6Options.ORO, OptionRequest.of(random.nextInt(65536), 23))
            .add(Dhcp6Options.RAPID_COMMIT, Bytes.EMPTY)
            .add(Dhcp6Options.PREFERENCE, random.nextInt(256))
            .add(Dhcp6Options.SOL_MAX_RT, u32())
            .build());
  }

  private IaAddress iaAddress() {
    return new IaAddress(address(), u32(), u32(), Options.EMPTY);
  }

  private IaPrefix iaPrefix() {
    Prefix delegated = address().prefix(random.nextInt(100));
    Prefix excluded = delegated.last().prefix(delegated.length() + 1 + random.nextInt(28));
    return new IaPrefix(
        delegated,
        u32(),
        u32(),
        Options.builder().add(Dhcp6Options.PD_EXCLUDE, PdExclude.of(delegated, excluded)).build());
  }
}
