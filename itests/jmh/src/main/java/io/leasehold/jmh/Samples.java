// SPDX-License-Identifier: Apache-2.0
package io.leasehold.jmh;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v4.Dhcp4Options;
import io.leasehold.codec.v4.ParameterRequest;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.IaAddress;
import io.leasehold.codec.v6.IaNa;
import io.leasehold.codec.v6.OptionRequest;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.HardwareAddress;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.plan.json.Document;
import io.leasehold.server.plan.json.Includes;
import io.leasehold.server.plan.json.PlanCompilation;
import io.leasehold.server.plan.json.PlanCompiler;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Clients, messages, leases and plans that the benchmarks share. Clients are numbers. */
final class Samples {
  static final long NOW = 1_767_225_600L;
  static final Duid SERVER = Duid.ofText("00:02:00:00:00:09:0c:c0:84:d3");
  static final Ipv6 ALL_SERVERS = Ipv6.ofText("ff02::1:2");
  static final Ipv6 LINK_LOCAL = Ipv6.ofText("fe80::a");
  static final Ipv6 RELAY = Ipv6.ofText("2001:db8:b::1");

  private static final int XID = 0x123456;
  private static final long PREFIX = Ipv6.ofText("2001:db8:a::").high();

  private Samples() {}

  static Duid duid(int client) {
    return new Duid(
        Bytes.of(
            0,
            1,
            0,
            1,
            0x2a,
            0x2a,
            0x2a,
            0x2a,
            2,
            0,
            client >>> 24,
            client >> 16 & 255,
            client >> 8 & 255,
            client & 255));
  }

  static LeaseKey key(int client) {
    return LeaseKey.address(new Ipv6(PREFIX, 1L + client));
  }

  /** An active lease as a DHCPv6 client has it. */
  static Lease lease(int client, long since) {
    return new Lease(
        key(client),
        1,
        ClientIdentity.of(duid(client)),
        client,
        LeaseState.ACTIVE,
        new LeaseTimes(since, since, since + 3000, since + 4000),
        LeaseDetails.NONE);
  }

  static Bytes solicit(int client, boolean rapid) {
    Options.Builder options = client(client);
    options.add(Dhcp6Options.IA_NA, new IaNa(client, 0, 0, Options.EMPTY));
    if (rapid) {
      options.add(Dhcp6Options.RAPID_COMMIT, Bytes.EMPTY);
    }
    return message(Dhcp6MessageType.SOLICIT, options);
  }

  static Bytes renew(int client, Ipv6 address) {
    return bound(Dhcp6MessageType.RENEW, client, address);
  }

  static Bytes request(int client, Ipv6 address) {
    return bound(Dhcp6MessageType.REQUEST, client, address);
  }

  private static Bytes bound(int type, int client, Ipv6 address) {
    Options.Builder options = client(client).add(Dhcp6Options.SERVER_ID, SERVER);
    options.add(Dhcp6Options.IA_NA, new IaNa(client, 0, 0, address(address, 0)));
    return message(type, options);
  }

  /** What a server answers: an address and the usual options. */
  static ClientServerMessage reply() {
    Options options =
        Options.builder()
            .add(Dhcp6Options.CLIENT_ID, duid(1))
            .add(Dhcp6Options.SERVER_ID, SERVER)
            .add(Dhcp6Options.IA_NA, new IaNa(1, 1000, 2000, address(key(1).address(), 3000)))
            .add(Dhcp6Options.DNS_SERVERS, List.of(Ipv6.ofText("2001:db8::53")))
            .build();
    return new ClientServerMessage(Dhcp6MessageType.REPLY, XID, options);
  }

  /** The same message behind a relay agent. */
  static Bytes relayed(Bytes message) {
    Options options =
        Options.builder()
            .add(Dhcp6Options.RELAY_MSG, message)
            .add(Dhcp6Options.INTERFACE_ID, Bytes.ofUtf8("port-7"))
            .build();
    return RelayMessage.forward(0, RELAY, LINK_LOCAL, options).encode();
  }

  private static Options address(Ipv6 address, long seconds) {
    return Options.builder()
        .add(Dhcp6Options.IAADDR, new IaAddress(address, seconds, seconds, Options.EMPTY))
        .build();
  }

  private static Options.Builder client(int client) {
    return Options.builder()
        .add(Dhcp6Options.CLIENT_ID, duid(client))
        .add(Dhcp6Options.ELAPSED_TIME, 0)
        .add(Dhcp6Options.ORO, OptionRequest.of(23, 24));
  }

  private static Bytes message(int type, Options.Builder options) {
    return new ClientServerMessage(type, XID, options.build()).encode();
  }

  /** A DHCPDISCOVER behind a relay agent. */
  static Dhcp4Message discover(int client) {
    return message4(client, Options.builder(), Dhcp4MessageType.DISCOVER)
        .relayAddress(Ipv4.ofText("10.2.0.1"))
        .hops(1)
        .build();
  }

  /** A DHCPREQUEST of a client that renews. */
  static Dhcp4Message renew4(int client, Ipv4 address) {
    return message4(client, Options.builder(), Dhcp4MessageType.REQUEST)
        .clientAddress(address)
        .build();
  }

  /** A DHCPREQUEST that takes an offer up, behind a relay agent. */
  static Dhcp4Message take4(int client, Ipv4 address, Ipv4 server) {
    Options.Builder options =
        Options.builder()
            .add(Dhcp4Options.REQUESTED_ADDRESS, address)
            .add(Dhcp4Options.SERVER_ID, server);
    return message4(client, options, Dhcp4MessageType.REQUEST)
        .relayAddress(Ipv4.ofText("10.2.0.1"))
        .hops(1)
        .build();
  }

  private static Dhcp4Message.Builder message4(int client, Options.Builder options, int type) {
    options.add(Dhcp4Options.MESSAGE_TYPE, type);
    options.add(Dhcp4Options.PARAMETER_REQUEST, ParameterRequest.of(1, 3, 6, 15));
    Bytes address =
        Bytes.of(2, 0, client >>> 24, client >> 16 & 255, client >> 8 & 255, client & 255);
    return Dhcp4Message.builder()
        .op(Dhcp4Message.BOOT_REQUEST)
        .transactionId(XID)
        .hardware(new HardwareAddress(1, address))
        .options(options.build());
  }

  /** A plan for both protocols. */
  static ServerPlan plan() {
    return plan(0);
  }

  /** The same, with classes to which nobody belongs. */
  static ServerPlan plan(int classes) {
    String v6 =
        """
        {"Dhcp6": {%s "preferred-lifetime": 3000, "valid-lifetime": 4000,
          "option-data": [{"name": "dns-servers", "data": "2001:db8::53"}],
          "subnet6": [
            {"id": 1, "subnet": "2001:db8:a::/64", "interface": "eth0", "rapid-commit": true,
             "pools": [{"pool": "2001:db8:a::/80"}]},
            {"id": 2, "subnet": "2001:db8:b::/64", "rapid-commit": true,
             "pools": [{"pool": "2001:db8:b::1:0:0/96"}]}]}}""";
    String v4 =
        """
        {"Dhcp4": {%s "valid-lifetime": 4000,
          "option-data": [{"name": "domain-name-servers", "data": "10.2.0.53"}],
          "subnet4": [
            {"id": 1, "subnet": "10.2.0.0/15", "pools": [{"pool": "10.2.1.0 - 10.3.255.0"}]}]}}""";
    return plan(
        v6.formatted(classes("substring(option[1].hex, 0, 2)", classes)),
        v4.formatted(classes("substring(option[55].hex, 0, 2)", classes)));
  }

  private static String classes(String value, int count) {
    String all =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    "{\"name\": \"class-%d\", \"test\": \"%s == 0x%04x\"}"
                        .formatted(i, value, 0xa000 + i))
            .collect(Collectors.joining(", "));
    return count == 0 ? "" : "\"client-classes\": [" + all + "],";
  }

  /** A plan of documents. */
  static ServerPlan plan(String... documents) {
    List<Document> all = List.of(documents).stream().map(d -> new Document("plan", d)).toList();
    PlanCompilation compiled =
        new PlanCompiler(StandardOptions.CATALOGUE, Includes.NONE).compile(all, List.of());
    return compiled
        .plan()
        .orElseThrow(() -> new IllegalStateException(compiled.report().toString()));
  }

  /** A document with many subnets, each with options and reservations of its own. */
  static String subnets(int count) {
    StringBuilder document = new StringBuilder("{\"Dhcp6\": {\"subnet6\": [");
    for (int i = 0; i < count; i++) {
      String prefix = "2001:db8:" + Integer.toHexString(i) + "::";
      document
          .append(i == 0 ? "" : ",")
          .append(
              """
              {"id": %d, "subnet": "%s/64", "pools": [{"pool": "%s/80"}],
               "option-data": [{"name": "dns-servers", "data": "%s53"}],
               "reservations": [{"duid": "%s", "ip-addresses": ["%sffff:0:0:1"],
                 "option-data": [{"name": "domain-search", "data": "example.org"}]}]}"""
                  .formatted(i + 1, prefix, prefix, prefix, duid(i).value().toHex(), prefix));
    }
    return document.append("]}}").toString();
  }
}
