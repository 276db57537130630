// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.codec.option.OptionType;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.IaAddress;
import io.leasehold.codec.v6.IaNa;
import io.leasehold.codec.v6.IaPd;
import io.leasehold.codec.v6.IaPrefix;
import io.leasehold.codec.v6.OptionRequest;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.util.function.Function;

/** Builds messages of clients for tests. */
public final class ClientMessage {
  public static final Duid ALICE = Duid.ofText("00:03:00:01:02:00:00:00:00:0a");
  public static final Duid BOB = Duid.ofText("00:03:00:01:02:00:00:00:00:0b");

  private final int type;
  private final Options.Builder options = Options.builder();
  private int transactionId = 0x123456;

  private ClientMessage(int type) {
    this.type = type;
  }

  /** A message of the type with nothing in it. */
  public static ClientMessage bare(int type) {
    return new ClientMessage(type);
  }

  public static ClientMessage solicit(Duid client) {
    return bare(Dhcp6MessageType.SOLICIT).from(client);
  }

  public static ClientMessage request(Duid client) {
    return bare(Dhcp6MessageType.REQUEST).from(client).to(TestServer.ID);
  }

  public static ClientMessage renew(Duid client) {
    return bare(Dhcp6MessageType.RENEW).from(client).to(TestServer.ID);
  }

  public static ClientMessage rebind(Duid client) {
    return bare(Dhcp6MessageType.REBIND).from(client);
  }

  public static ClientMessage confirm(Duid client) {
    return bare(Dhcp6MessageType.CONFIRM).from(client);
  }

  public static ClientMessage release(Duid client) {
    return bare(Dhcp6MessageType.RELEASE).from(client).to(TestServer.ID);
  }

  public static ClientMessage decline(Duid client) {
    return bare(Dhcp6MessageType.DECLINE).from(client).to(TestServer.ID);
  }

  public static ClientMessage informationRequest() {
    return bare(Dhcp6MessageType.INFORMATION_REQUEST);
  }

  public ClientMessage from(Duid client) {
    options.add(Dhcp6Options.CLIENT_ID, client);
    return this;
  }

  public ClientMessage to(Duid server) {
    options.add(Dhcp6Options.SERVER_ID, server);
    return this;
  }

  public ClientMessage transactionId(int id) {
    transactionId = id;
    return this;
  }

  /** An IA_NA with addresses, all lifetimes 0. */
  public ClientMessage na(long iaid, String... addresses) {
    Options inside = all(Dhcp6Options.IAADDR, ClientMessage::address, addresses);
    options.add(Dhcp6Options.IA_NA, new IaNa(iaid, 0, 0, inside));
    return this;
  }

  /** An IA_PD with prefixes, all lifetimes 0. */
  public ClientMessage pd(long iaid, String... prefixes) {
    Options inside = all(Dhcp6Options.IAPREFIX, ClientMessage::prefix, prefixes);
    options.add(Dhcp6Options.IA_PD, new IaPd(iaid, 0, 0, inside));
    return this;
  }

  private static IaAddress address(String text) {
    return new IaAddress(Ipv6.ofText(text), 0, 0, Options.EMPTY);
  }

  private static IaPrefix prefix(String text) {
    return new IaPrefix(Prefix.ofText(text), 0, 0, Options.EMPTY);
  }

  private static <T> Options all(OptionType<T> type, Function<String, T> value, String... texts) {
    Options.Builder all = Options.builder();
    for (String text : texts) {
      all.add(type, value.apply(text));
    }
    return all.build();
  }

  public ClientMessage oro(int... codes) {
    options.add(Dhcp6Options.ORO, OptionRequest.of(codes));
    return this;
  }

  public ClientMessage rapidCommit() {
    return option(Dhcp6OptionCode.RAPID_COMMIT, "");
  }

  public ClientMessage option(int code, String hex) {
    options.add(code, Bytes.ofHex(hex));
    return this;
  }

  public ClientServerMessage build() {
    return new ClientServerMessage(type, transactionId, options.build());
  }
}
