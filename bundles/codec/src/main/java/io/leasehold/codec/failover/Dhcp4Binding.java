// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.IaAddress;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.codec.v6.VirtualNetwork;
import io.leasehold.net.Bytes;
import io.leasehold.net.HardwareAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An IPv4 address, and who has it: between partners that have both offered this. What is said of
 * the lease is as of an IPv6 address, in an IAADDR with the IPv4-mapped address.
 *
 * @param client whose it is; nothing for one that nobody has
 * @param hardware the client's link-layer address
 * @param baseTime when this was said
 * @param network the virtual private network; nothing for the global one
 * @param error why nothing was taken
 * @param lease the address
 */
public record Dhcp4Binding(
    Optional<Dhcp4Client> client,
    Optional<HardwareAddress> hardware,
    Optional<AbsoluteTime> baseTime,
    Optional<VirtualNetwork> network,
    Optional<StatusCode> error,
    BoundLease lease)
    implements BindingContainer {
  /** Refuses null, and what is no IPv4 address. */
  public Dhcp4Binding {
    Objects.requireNonNull(client);
    Objects.requireNonNull(hardware);
    Objects.requireNonNull(baseTime);
    Objects.requireNonNull(network);
    Objects.requireNonNull(error);
    if (!lease.unit().address().isMapped() || lease.unit().length() != 128) {
      throw new IllegalArgumentException(lease.unit() + " is no IPv4 address");
    }
  }

  /** What a BNDUPD says in the global network. */
  public static Dhcp4Binding update(
      Optional<Dhcp4Client> client,
      Optional<HardwareAddress> hardware,
      AbsoluteTime baseTime,
      BoundLease lease) {
    return new Dhcp4Binding(
        client, hardware, Optional.of(baseTime), Optional.empty(), Optional.empty(), lease);
  }

  /**
   * What a BNDREPLY says to this BNDUPD.
   *
   * @param all why nothing of it was taken
   * @param ofLease why the lease was not
   */
  public Dhcp4Binding answer(Optional<StatusCode> all, Optional<StatusCode> ofLease) {
    return new Dhcp4Binding(
        client, Optional.empty(), Optional.empty(), network, all, lease.answer(ofLease));
  }

  /**
   * Reads the value of the option. It is not read before it is needed: to a partner that has not
   * offered it, the number may mean something else.
   *
   * @return empty if it is malformed, or not about exactly one IPv4 address
   */
  static Optional<Dhcp4Binding> read(Bytes data) {
    try {
      Options options = Options.decode(data);
      KnownOptions.check(options);
      List<IaAddress> addresses = options.all(Dhcp6Options.IAADDR);
      return addresses.size() == 1 && addresses.get(0).address().isMapped()
          ? Optional.of(of(options, addresses.get(0)))
          : Optional.empty();
    } catch (MalformedPacketException e) {
      return Optional.empty();
    }
  }

  private static Dhcp4Binding of(Options options, IaAddress address) {
    Optional<AbsoluteTime> base = options.first(Dhcp6Options.LQ_BASE_TIME);
    return new Dhcp4Binding(
        options.first(Dhcp4Client.OPTION),
        options.first(Dhcp6Options.CLIENT_LINKLAYER_ADDR),
        base,
        options.first(Dhcp6Options.VSS),
        options.first(Dhcp6Options.STATUS_CODE),
        BoundLease.read(address, base));
  }

  @Override
  public Options toOptions() {
    Options.Builder data = Options.builder();
    BindingFacts.add(data, Dhcp4Client.OPTION, client);
    BindingFacts.add(data, Dhcp6Options.CLIENT_LINKLAYER_ADDR, hardware);
    BindingFacts.add(data, Dhcp6Options.LQ_BASE_TIME, baseTime);
    BindingFacts.add(data, Dhcp6Options.VSS, network);
    BindingFacts.add(data, Dhcp6Options.STATUS_CODE, error);
    data.add(Dhcp6Options.IAADDR, lease.toAddress(baseTime));
    return Options.of(new Option(FailoverOptionCode.DHCP4_DATA, data.build().encode()));
  }
}
