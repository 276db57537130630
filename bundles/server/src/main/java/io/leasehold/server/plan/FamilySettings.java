// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import io.leasehold.net.Duid;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What concerns a family as a whole.
 *
 * @param interfaces where to listen, in the words of {@link io.leasehold.transport.BindSpec}; empty
 *     if the plan does not say
 * @param serverId a server DUID (RFC 8415 section 11) that the plan dictates; otherwise the server
 *     makes one and keeps it
 * @param declineProbationSeconds how long a declined address stays out of use (RFC 8415 section
 *     18.3.8)
 * @param holdReclaimedSeconds how long the client of an expired or released lease is remembered
 * @param reservationIdentifiers which identifiers of a client are looked up in reservations, in
 *     this order
 * @param relaySuppliedOptions options a relay may supply for a DHCPv6 client (RFC 6422 section 6)
 * @param echoClientId whether a DHCPv4 client gets its identifier back (RFC 6842)
 * @param compatibility what the rules for DHCPv4 are bent to
 * @param pingCheck whether DHCPv4 addresses are probed before they are offered
 * @param flexId how a message gives its client's identifier, if the plan says that
 */
public record FamilySettings(
    List<String> interfaces,
    Optional<Duid> serverId,
    long declineProbationSeconds,
    long holdReclaimedSeconds,
    List<HostIdentifier.Type> reservationIdentifiers,
    Set<Integer> relaySuppliedOptions,
    boolean echoClientId,
    Compatibility compatibility,
    PingCheck pingCheck,
    Optional<FlexId> flexId) {
  /** What a plan that says nothing means. */
  public static final FamilySettings DEFAULT =
      new FamilySettings(
          List.of(),
          Optional.empty(),
          86_400,
          3_600,
          List.of(),
          Set.of(),
          true,
          Compatibility.NONE,
          PingCheck.OFF,
          Optional.empty());

  /** Copies the collections. */
  public FamilySettings {
    interfaces = List.copyOf(interfaces);
    reservationIdentifiers = List.copyOf(reservationIdentifiers);
    relaySuppliedOptions = Set.copyOf(relaySuppliedOptions);
  }
}
