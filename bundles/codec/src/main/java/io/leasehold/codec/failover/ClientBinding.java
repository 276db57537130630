// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.RelayData;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.codec.v6.VirtualNetwork;
import io.leasehold.net.Duid;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A client and its leases.
 *
 * @param client who it is
 * @param baseTime when this was said
 * @param network the virtual private network; nothing for the global one
 * @param reconfigure the key for commands to the client
 * @param relay how its message came
 * @param dnsRemoval what has to go from the DNS; partners may say it here instead of with a lease
 * @param error why nothing was taken
 * @param associations with at least one lease each
 */
public record ClientBinding(
    Optional<Duid> client,
    Optional<AbsoluteTime> baseTime,
    Optional<VirtualNetwork> network,
    Optional<ReconfigureData> reconfigure,
    Optional<RelayData> relay,
    Optional<DnsRemoval> dnsRemoval,
    Optional<StatusCode> error,
    List<BoundAssociation> associations)
    implements BindingContainer {
  /** Copies the list. */
  public ClientBinding {
    Objects.requireNonNull(client);
    Objects.requireNonNull(baseTime);
    associations = List.copyOf(associations);
  }

  /** What a BNDUPD says of a client in the global network. */
  public static ClientBinding update(
      Duid client, AbsoluteTime baseTime, List<BoundAssociation> associations) {
    return new ClientBinding(
        Optional.of(client),
        Optional.of(baseTime),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        associations);
  }

  /** What a BNDREPLY says to this BNDUPD: whose it is, and each lease with its answer. */
  public ClientBinding answer(Optional<StatusCode> refusal, List<BoundAssociation> answers) {
    return new ClientBinding(
        client,
        Optional.empty(),
        network,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        refusal,
        answers);
  }

  static ClientBinding of(Options options) {
    Optional<AbsoluteTime> base = options.first(Dhcp6Options.LQ_BASE_TIME);
    return new ClientBinding(
        options.first(Dhcp6Options.CLIENT_ID),
        base,
        options.first(Dhcp6Options.VSS),
        options.first(FailoverOptions.RECONFIGURE_DATA),
        options.first(Dhcp6Options.LQ_RELAY_DATA),
        options.first(FailoverOptions.DNS_REMOVAL_INFO),
        options.first(Dhcp6Options.STATUS_CODE),
        BoundAssociation.read(options, base));
  }

  @Override
  public Options toOptions() {
    Options.Builder data = Options.builder();
    BindingFacts.add(data, Dhcp6Options.CLIENT_ID, client);
    BindingFacts.add(data, Dhcp6Options.LQ_BASE_TIME, baseTime);
    BindingFacts.add(data, Dhcp6Options.VSS, network);
    BindingFacts.add(data, FailoverOptions.RECONFIGURE_DATA, reconfigure);
    BindingFacts.add(data, Dhcp6Options.LQ_RELAY_DATA, relay);
    BindingFacts.add(data, FailoverOptions.DNS_REMOVAL_INFO, dnsRemoval);
    BindingFacts.add(data, Dhcp6Options.STATUS_CODE, error);
    for (BoundAssociation association : associations) {
      association.write(data, baseTime);
    }
    return Options.builder().add(Dhcp6Options.CLIENT_DATA, data.build()).build();
  }
}
