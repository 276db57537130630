// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element;

import io.leasehold.allocation.GovernorView;
import io.leasehold.server.SubnetUse;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * Makes readiness of what a server says of itself. The server and its failover relationship decide;
 * a doubt is no readiness.
 */
public final class ServerCondition {
  private ServerCondition() {}

  /**
   * What a failover relationship says.
   *
   * @param state as RFC 8156 section 8 names it
   * @param service whom it answers now: nobody also while it is drained, whatever the state is
   */
  public record Partnership(String state, boolean isPrimary, GovernorView.Service service) {}

  /** Of a server that is not there. */
  public static Readiness noServer() {
    return Readiness.absent("there is no server");
  }

  /** Of a server whose failover relationship is not there. */
  public static Readiness noPartnership(String name) {
    return Readiness.absent(
        "the failover relationship " + name + " is not there, so its subnets are closed");
  }

  /**
   * Of a server that is there.
   *
   * @param obstacles why it does not answer all, a sentence each
   * @param servesSome whether it answers some though there are obstacles
   * @param partnership with whom it shares its clients, if it does
   * @param rank if it does not
   */
  public static Readiness of(
      List<String> obstacles, boolean servesSome, Optional<Partnership> partnership, long rank) {
    Readiness readiness =
        partnership.map(ServerCondition::of).orElse(Readiness.ready(rank, "the server answers"));
    if (obstacles.isEmpty() || !readiness.isReady()) {
      return readiness;
    }
    // Whoever answers all is asked first, but some is better than nobody.
    return servesSome
        ? Readiness.ready(Math.min(FailoverRank.IMPAIRED, readiness.rank()), obstacles.get(0))
        : Readiness.absent(obstacles.get(0));
  }

  private static Readiness of(Partnership partnership) {
    return partnership.service() == GovernorView.Service.NONE
        ? Readiness.absent("failover answers nobody in " + partnership.state())
        : FailoverRank.of(partnership.state(), partnership.isPrimary());
  }

  /** How full the fullest subnet is, 0 to 1; 0 if nothing is counted. */
  public static double utilisation(List<SubnetUse> subnets) {
    return subnets.stream()
        .mapToDouble(
            each ->
                Math.max(
                    share(each.assignedAddresses(), each.addresses()),
                    share(each.assignedPrefixes(), each.prefixes())))
        .max()
        .orElse(0);
  }

  private static double share(long used, BigInteger all) {
    return all.signum() == 0 ? 0 : Math.min(1, used / all.doubleValue());
  }
}
