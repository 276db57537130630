// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import io.leasehold.codec.RandomOctets;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.ClientFqdn;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.RelayData;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.codec.v6.VirtualNetwork;
import io.leasehold.net.Bytes;
import io.leasehold.net.DomainName;
import io.leasehold.net.Duid;
import io.leasehold.net.HardwareAddress;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Random messages between partners that are well formed. */
final class FailoverFrames extends RandomOctets {
  FailoverFrames(long seed) {
    super(seed);
  }

  FailoverFrame frame() {
    return switch (below(8)) {
      case 0 ->
          new UpgradeFrame(
              new ClientServerMessage(
                  random.nextBoolean() ? Dhcp6MessageType.STARTTLS : Dhcp6MessageType.REPLY,
                  below(1 << 24),
                  options(status())));
      case 1 -> new UnknownFrame(Bytes.ofHex("c8" + octets(0, 40).toHex()));
      default -> message();
    };
  }

  FailoverMessage message() {
    return switch (below(5)) {
      case 0 -> message(Dhcp6MessageType.CONNECT, terms().toOptions(maybe(this::name)));
      case 1 -> message(Dhcp6MessageType.STATE, state().toOptions());
      case 2 -> message(Dhcp6MessageType.BNDREPLY, container().toOptions());
      case 3 ->
          message(
              Dhcp6MessageType.BNDUPD + below(12),
              Options.of(new Option(1000 + below(64000), octets(0, 30))));
      default -> message(Dhcp6MessageType.BNDUPD, container().toOptions());
    };
  }

  private FailoverMessage message(int type, Options options) {
    return new FailoverMessage(type, below(1 << 24), time(), options);
  }

  AbsoluteTime time() {
    return new AbsoluteTime(u32());
  }

  ConnectTerms terms() {
    return new ConnectTerms(
        new ProtocolVersion(below(65536), below(65536)),
        u32(),
        u32(),
        u32(),
        new ConnectFlags(random.nextBoolean()),
        random.nextBoolean());
  }

  StateReport state() {
    ServerState state = ServerState.of(2 + below(9)).orElseThrow();
    return new StateReport(
        state,
        new ServerFlags(random.nextBoolean(), random.nextBoolean(), random.nextBoolean()),
        time(),
        state == ServerState.PARTNER_DOWN ? Optional.of(time()) : Optional.empty());
  }

  BindingContainer container() {
    return switch (below(4)) {
      case 0 -> new PrefixBinding(Optional.of(time()), maybe(this::network), lease(prefix()));
      case 1 -> ipv4();
      default -> client();
    };
  }

  private Dhcp4Binding ipv4() {
    Dhcp4Client.Kind[] kinds = Dhcp4Client.Kind.values();
    return new Dhcp4Binding(
        maybe(() -> new Dhcp4Client(kinds[below(kinds.length)], octets(1, 40))),
        maybe(() -> new HardwareAddress(below(65536), octets(1, 20))),
        Optional.of(time()),
        maybe(this::network),
        maybe(this::status),
        lease(Ipv6.mapped(Ipv4.of(octets(4, 4))).prefix(128)));
  }

  private ClientBinding client() {
    List<BoundAssociation> associations = new ArrayList<>();
    for (BoundAssociation.Kind kind : BoundAssociation.Kind.values()) {
      for (int count = below(3); count > 0; count--) {
        associations.add(association(kind));
      }
    }
    return new ClientBinding(
        maybe(() -> new Duid(octets(1, Duid.MAX_LENGTH))),
        Optional.of(time()),
        maybe(this::network),
        maybe(() -> new ReconfigureData(time(), octets(1, 20))),
        maybe(() -> new RelayData(address(), octets(1, 60))),
        maybe(this::removal),
        maybe(this::status),
        associations);
  }

  private BoundAssociation association(BoundAssociation.Kind kind) {
    List<BoundLease> leases = new ArrayList<>();
    for (int count = below(4); count > 0; count--) {
      leases.add(lease(kind == BoundAssociation.Kind.PREFIXES ? prefix() : address().prefix(128)));
    }
    boolean hasTimes = kind != BoundAssociation.Kind.TEMPORARY;
    return new BoundAssociation(
        kind, u32(), hasTimes ? u32() : 0, hasTimes ? u32() : 0, maybe(this::status), leases);
  }

  private BoundLease lease(Prefix unit) {
    return new BoundLease(unit, u32(), u32(), facts());
  }

  private BindingFacts facts() {
    return new BindingFacts(
        maybe(() -> below(256)),
        maybe(this::time),
        maybe(this::time),
        maybe(this::time),
        maybe(this::time),
        maybe(this::time),
        maybe(this::time),
        maybe(this::time),
        maybe(() -> new ClientFqdn(below(8), maybe(this::domain))),
        maybe(this::removal),
        maybe(this::status));
  }

  private DnsRemoval removal() {
    return new DnsRemoval(
        maybe(this::domain),
        maybe(() -> DomainName.ofText("zone" + below(100) + ".example")),
        maybe(
            () ->
                new DnsFlags(
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextBoolean())));
  }

  private StatusCode status() {
    return new StatusCode(below(65536), random.nextBoolean() ? "" : "weil é so ist");
  }

  private VirtualNetwork network() {
    return new VirtualNetwork(below(256), octets(0, 9));
  }

  private DomainName domain() {
    return random.nextBoolean()
        ? DomainName.ofText("host" + below(100) + ".example")
        : DomainName.ofPartialText("host" + below(100));
  }

  private String name() {
    return "pair-é-" + below(100);
  }

  private Ipv6 address() {
    return new Ipv6(random.nextLong(), random.nextLong());
  }

  private Prefix prefix() {
    return address().prefix(below(129));
  }

  private static Options options(StatusCode status) {
    return Options.builder().add(Dhcp6Options.STATUS_CODE, status).build();
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }
}
