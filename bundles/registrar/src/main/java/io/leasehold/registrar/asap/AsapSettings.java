// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import io.leasehold.net.Prefix;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How pool elements and pool users are served.
 *
 * @param rates how much of what in a time
 * @param elementsOfIdentity pool elements of one peer, or of one address without peers
 * @param items how many pool elements are named to who says nothing
 * @param fewItems the same for policies by chance, and for those that count who was named (RFC 5356
 *     sections 4.4 and 5.2)
 * @param subscriptions pools of which changes are told on one connection
 * @param mostBadReports MAX-BAD-PE-REPORT (RFC 5352 section 3.5): more users than that who say that
 *     a pool element is unreachable, and it is removed although it answers
 * @param refusals for want of rights, after which a connection is closed
 * @param plainUsers whether users whose connection nothing protects are answered all the same
 * @param privatePolicies whether policies are accepted that the product does not know
 * @param scope at which addresses pool elements may serve though they do not connect from there, if
 *     no peer is known whose entry would say it
 * @param toElements how pool elements of another registrar, which is gone, are connected to; none
 *     if they are not
 * @param timers of the registrar
 */
public record AsapSettings(
    AsapRates rates,
    int elementsOfIdentity,
    int items,
    int fewItems,
    int subscriptions,
    int mostBadReports,
    int refusals,
    boolean plainUsers,
    boolean privatePolicies,
    List<Prefix> scope,
    Optional<ElementChannel> toElements,
    AsapTimers timers) {
  /** For a registrar that nobody has configured. */
  public static final AsapSettings DEFAULT =
      new AsapSettings(
          AsapRates.DEFAULT,
          100,
          100,
          3,
          64,
          3,
          5,
          false,
          false,
          List.of(),
          Optional.empty(),
          AsapTimers.DEFAULT);

  /** Keeps the list. */
  public AsapSettings {
    Objects.requireNonNull(rates);
    scope = List.copyOf(scope);
    Objects.requireNonNull(toElements);
    Objects.requireNonNull(timers);
  }

  /**
   * How pool elements are connected to.
   *
   * @param channel name of the profile
   * @param inClear whether nothing protects it
   */
  public record ElementChannel(String channel, boolean inClear) {}
}
