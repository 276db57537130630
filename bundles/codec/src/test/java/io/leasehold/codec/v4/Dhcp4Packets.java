// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.codec.RandomOctets;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.OptionFraming;
import io.leasehold.codec.option.OptionSamples;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import io.leasehold.net.DomainName;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Prefix;
import java.util.List;
import java.util.Optional;

/** Random messages that are well formed, and random octets that are not. */
final class Dhcp4Packets extends RandomOctets {
  Dhcp4Packets(long seed) {
    super(seed);
  }

  Ipv4 address() {
    return new Ipv4(random.nextInt());
  }

  /** Text that has no zeros to lose. */
  Bytes text(int maxLength) {
    return Bytes.ofUtf8("x".repeat(random.nextInt(maxLength + 1)));
  }

  /** A message of any type with options of the table and others, each code once. */
  Dhcp4Message message() {
    Options.Builder options = Options.builder();
    options.add(Dhcp4Options.MESSAGE_TYPE, 1 + random.nextInt(255));
    for (int count = random.nextInt(12); count > 0; count--) {
      Option option = random.nextInt(4) == 0 ? anyOption() : rowOption();
      boolean reserved = option.code() == Dhcp4OptionCode.RELAY_AGENT_INFO;
      if (!reserved && option.code() != Dhcp4OptionCode.OVERLOAD) {
        options.set(option.code(), option.value());
      }
    }
    options.set(Dhcp4OptionCode.MESSAGE_TYPE, Bytes.of(1 + random.nextInt(255)));
    if (random.nextBoolean()) {
      options.add(Dhcp4Options.RELAY_AGENT_INFO, relayAgentInfo());
    }
    return header().options(options.build()).build();
  }

  private Option anyOption() {
    int code = 1 + random.nextInt(254);
    return new Option(code, octets(0, random.nextInt(10) == 0 ? 2000 : 300));
  }

  private Option rowOption() {
    List<Dhcp4OptionTable.Row> rows = Dhcp4OptionTable.ROWS;
    var definition = rows.get(random.nextInt(rows.size())).definition();
    Bytes value = definition.format().encodeText(OptionSamples.fields(definition.format(), random));
    return definition.space().equals(OptionSpace.DHCP4)
        ? new Option(definition.code(), value)
        : new Option(
            Dhcp4OptionCode.VENDOR_ENCAPSULATED_OPTIONS,
            OptionFraming.NARROW.encode(Options.of(new Option(definition.code(), value))));
  }

  Dhcp4Message.Builder header() {
    return Dhcp4Message.builder()
        .op(random.nextInt(256))
        .hardware(random.nextInt(256), octets(0, 16))
        .hops(random.nextInt(256))
        .transactionId(random.nextInt())
        .seconds(random.nextInt(65536))
        .flags(random.nextInt(65536))
        .clientAddress(address())
        .yourAddress(address())
        .nextServer(address())
        .relayAddress(address())
        .serverName(text(random.nextBoolean() ? 64 : 0))
        .bootFile(text(random.nextBoolean() ? 128 : 0));
  }

  RelayAgentInfo relayAgentInfo() {
    return new RelayAgentInfo(
        Options.builder()
            .add(RelayAgentOptions.CIRCUIT_ID, octets(1, 20))
            .add(RelayAgentOptions.REMOTE_ID, octets(1, 20))
            .add(RelayAgentOptions.LINK_SELECTION, address())
            .add(RelayAgentOptions.SERVER_ID_OVERRIDE, address())
            .add(RelayAgentOptions.FLAGS, RelayAgentOptions.UNICAST)
            .add(RelayAgentOptions.RELAY_PORT, Bytes.EMPTY)
            .build());
  }

  /** A message that has an option of every typed key. */
  Dhcp4Message typicalReply() {
    return header()
        .op(Dhcp4Message.BOOT_REPLY)
        .hardware(1, octets(6, 6))
        .serverName(Bytes.EMPTY)
        .bootFile(Bytes.EMPTY)
        .options(replyOptions().build())
        .build();
  }

  private Options.Builder replyOptions() {
    Options.Builder options = Options.builder();
    options
        .add(Dhcp4Options.MESSAGE_TYPE, Dhcp4MessageType.ACK)
        .add(Dhcp4Options.SERVER_ID, address())
        .add(Dhcp4Options.LEASE_TIME, u32())
        .add(Dhcp4Options.RENEWAL_TIME, u32())
        .add(Dhcp4Options.REBINDING_TIME, u32())
        .add(Dhcp4Options.SUBNET_MASK, Ipv4.mask(random.nextInt(33)))
        .add(Dhcp4Options.ROUTERS, List.of(address()))
        .add(Dhcp4Options.DOMAIN_NAME_SERVERS, List.of(address(), address()))
        .add(Dhcp4Options.HOST_NAME, "höst")
        .add(Dhcp4Options.DOMAIN_NAME, "example.org")
        .add(Dhcp4Options.BROADCAST_ADDRESS, address())
        .add(Dhcp4Options.REQUESTED_ADDRESS, address())
        .add(Dhcp4Options.PARAMETER_REQUEST, ParameterRequest.of(1, 3, 6, random.nextInt(256)))
        .add(Dhcp4Options.MESSAGE, "no")
        .add(Dhcp4Options.MAX_MESSAGE_SIZE, random.nextInt(65536))
        .add(Dhcp4Options.VENDOR_CLASS, Bytes.ofUtf8("PXEClient"))
        .add(Dhcp4Options.CLIENT_ID, octets(2, 40))
        .add(Dhcp4Options.TFTP_SERVER_NAME, "boot.example.org")
        .add(Dhcp4Options.BOOT_FILE_NAME, "pxelinux.0")
        .add(Dhcp4Options.USER_CLASS, List.of(octets(1, 9), octets(1, 9)))
        .add(Dhcp4Options.RAPID_COMMIT, Bytes.EMPTY)
        .add(Dhcp4Options.CLIENT_ARCH, List.of(7, random.nextInt(65536)))
        .add(Dhcp4Options.CLIENT_NDI, octets(3, 3))
        .add(Dhcp4Options.CLIENT_UUID, octets(17, 17))
        .add(Dhcp4Options.V6ONLY, u32())
        .add(Dhcp4Options.CAPTIVE_PORTAL, "https://portal.example.org/")
        .add(Dhcp4Options.AUTO_CONFIGURE, 1)
        .add(Dhcp4Options.SUBNET_SELECTION, address());
    return addStructured(options).add(Dhcp4Options.RELAY_AGENT_INFO, relayAgentInfo());
  }

  private Options.Builder addStructured(Options.Builder options) {
    Options inside = Options.of(new Option(1, octets(1, 9)), new Option(2, Bytes.EMPTY));
    return options
        .add(Dhcp4Options.VENDOR_ENCAPSULATED_OPTIONS, inside)
        .add(
            Dhcp4Options.CLIENT_FQDN,
            new Dhcp4ClientFqdn(
                random.nextBoolean() ? Dhcp4ClientFqdn.LABELS : 0,
                0,
                0,
                Optional.of(DomainName.ofPartialText("h" + (random.nextBoolean() ? ".a." : "")))))
        .add(
            Dhcp4Options.DOMAIN_SEARCH,
            List.of(
                DomainName.ofText("a.example"),
                DomainName.ofText("b.a.example"),
                DomainName.ofText(".")))
        .add(
            Dhcp4Options.CLASSLESS_ROUTES,
            List.of(
                new ClasslessRoute(Prefix.mapped(address(), random.nextInt(33)), address()),
                new ClasslessRoute(Prefix.mapped(address(), 0), address())))
        .add(
            Dhcp4Options.VIVCO,
            List.of(new VendorIdentifyingClass(u32(), List.of(octets(0, 9), octets(0, 9)))))
        .add(
            Dhcp4Options.VIVSO,
            List.of(
                new VendorIdentifyingOptions(u32(), inside),
                new VendorIdentifyingOptions(4491, Options.EMPTY)))
        .add(Dhcp4Options.TFTP_SERVER_ADDRESS, List.of(address()))
        .add(
            Dhcp4Options.V4_DNR,
            List.of(
                new EncryptedResolver(0, DomainName.ofText("a.example"), List.of(), Bytes.EMPTY),
                new EncryptedResolver(
                    1,
                    DomainName.ofText("b.example"),
                    List.of(address()),
                    Bytes.ofHex("0001000403646f74"))));
  }
}
