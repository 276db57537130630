// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.OptionType;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.codec.v4.Dhcp4Options;
import io.leasehold.codec.v4.ParameterRequest;
import io.leasehold.codec.v4.RelayAgentInfo;
import io.leasehold.net.Bytes;
import io.leasehold.net.HardwareAddress;
import io.leasehold.net.Ipv4;

/** Builds messages of clients for tests. Clients are numbers: the last octet of their address. */
public final class Query {
  public static final int ALICE = 0xa;
  public static final int BOB = 0xb;
  public static final int CAROL = 0xc;

  private final Dhcp4Message.Builder message =
      Dhcp4Message.builder().op(Dhcp4Message.BOOT_REQUEST).transactionId(0x12345678);
  private final Options.Builder options = Options.builder();
  private final Options.Builder relayInfo = Options.builder();

  private Query() {}

  /** A message of the type; 0 is BOOTP. */
  public static Query of(int type, int client) {
    Query query = new Query();
    if (type != Dhcp4MessageType.BOOTP) {
      query.options.add(Dhcp4Options.MESSAGE_TYPE, type);
    }
    query.message.hardware(hardware(client));
    return query;
  }

  public static HardwareAddress hardware(int client) {
    return HardwareAddress.ofText("02:00:00:00:00:%02x".formatted(client));
  }

  public static Query discover(int client) {
    return of(Dhcp4MessageType.DISCOVER, client);
  }

  public static Query request(int client) {
    return of(Dhcp4MessageType.REQUEST, client);
  }

  public static Query decline(int client) {
    return of(Dhcp4MessageType.DECLINE, client);
  }

  public static Query release(int client) {
    return of(Dhcp4MessageType.RELEASE, client);
  }

  public static Query inform(int client) {
    return of(Dhcp4MessageType.INFORM, client);
  }

  /** For the server with this address (option 54). */
  public Query to(String server) {
    return with(Dhcp4Options.SERVER_ID, Ipv4.ofText(server));
  }

  /** Option 50. */
  public Query wanting(Ipv4 address) {
    return with(Dhcp4Options.REQUESTED_ADDRESS, address);
  }

  /** Option 50. */
  public Query wanting(String address) {
    return wanting(Ipv4.ofText(address));
  }

  /** Option 51. */
  public Query forSeconds(long seconds) {
    return with(Dhcp4Options.LEASE_TIME, seconds);
  }

  /** Option 55. */
  public Query asking(int... codes) {
    return with(Dhcp4Options.PARAMETER_REQUEST, ParameterRequest.of(codes));
  }

  /** Option 61, in hexadecimal digits. */
  public Query clientId(String hex) {
    return option(Dhcp4OptionCode.CLIENT_ID, hex);
  }

  public Query rapidCommit() {
    return option(Dhcp4OptionCode.RAPID_COMMIT, "");
  }

  public <T> Query with(OptionType<T> type, T value) {
    options.add(type, value);
    return this;
  }

  public Query option(int code, String hex) {
    options.add(new Option(code, Bytes.ofHex(hex)));
    return this;
  }

  /** ciaddr. */
  public Query having(String address) {
    message.clientAddress(Ipv4.ofText(address));
    return this;
  }

  /** giaddr. */
  public Query through(String relay) {
    message.relayAddress(Ipv4.ofText(relay)).hops(1);
    return this;
  }

  /** A sub-option of option 82. */
  public Query relayed(int code, String hex) {
    relayInfo.add(code, Bytes.ofHex(hex));
    return this;
  }

  public Query broadcast() {
    message.flags(Dhcp4Message.BROADCAST);
    return this;
  }

  /** chaddr and its type; none of empty text. */
  public Query hardware(int type, String hex) {
    message.hardware(type, Bytes.ofHex(hex));
    return this;
  }

  /** The field sname. */
  public Query serverName(String name) {
    message.serverName(Bytes.ofUtf8(name));
    return this;
  }

  public Query op(int op) {
    message.op(op);
    return this;
  }

  public Query seconds(int seconds) {
    message.seconds(seconds);
    return this;
  }

  public Dhcp4Message build() {
    Options.Builder all = options.build().toBuilder();
    if (!relayInfo.isEmpty()) {
      all.add(Dhcp4Options.RELAY_AGENT_INFO, new RelayAgentInfo(relayInfo.build()));
    }
    return message.options(all.build()).build();
  }
}
