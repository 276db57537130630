// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

import io.leasehold.net.Ipv6;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An association of the IKE daemon with another one.
 *
 * @param connection name of its configuration
 * @param version of IKE
 * @param state of it
 * @param remote address of the other one
 * @param localId whom we said to be
 * @param remoteId who the other one has proved to be
 * @param group of its key exchange
 * @param establishedSeconds since when the other one is known
 * @param hybrid whether one of its key exchanges withstands a quantum computer
 * @param children what it has put into the kernel
 */
record IkeSa(
    String connection,
    int version,
    String state,
    Optional<Ipv6> remote,
    String localId,
    String remoteId,
    String group,
    long establishedSeconds,
    boolean hybrid,
    List<ChildSa> children) {
  private static final Set<String> ESTABLISHED = Set.of("ESTABLISHED", "REKEYING", "REKEYED");

  static IkeSa of(String connection, ViciMessage section) {
    return new IkeSa(
        connection,
        (int) number(section.value("version")),
        section.value("state"),
        address(section.value("remote-host")),
        section.value("local-id"),
        section.value("remote-id"),
        section.value("dh-group"),
        number(section.value("established")),
        section.values().entrySet().stream()
            .anyMatch(each -> each.getKey().startsWith("ke") && each.getValue().contains("ML_KEM")),
        section.section("child-sas").sections().values().stream().map(ChildSa::of).toList());
  }

  /** IKEv2 is what RFC 8213 section 3 names. */
  boolean isEstablished() {
    return version == 2 && ESTABLISHED.contains(state);
  }

  private static Optional<Ipv6> address(String text) {
    try {
      return Optional.of(Ipv6.ofText(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
