// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import io.leasehold.net.Prefix;
import java.util.Optional;

/**
 * A prefix from which longer ones are delegated.
 *
 * @param prefix the pool
 * @param delegatedLength length of the prefixes handed out, not shorter than the pool's
 * @param excluded excluded prefix (RFC 6603), inside {@code prefix}: its bits after the delegated
 *     length are put after each delegated prefix
 * @param options the pool's own options; they win over the subnet's
 * @param classes what classes have to do with it
 */
public record PrefixPool(
    Prefix prefix,
    int delegatedLength,
    Optional<Prefix> excluded,
    OptionSet options,
    ClassTerms classes) {
  /** One that has nothing to do with classes. */
  public PrefixPool(
      Prefix prefix, int delegatedLength, Optional<Prefix> excluded, OptionSet options) {
    this(prefix, delegatedLength, excluded, options, ClassTerms.NONE);
  }

  /** Whether a prefix of the delegated length is in the pool. */
  public boolean contains(Prefix delegated) {
    return delegated.length() == delegatedLength && prefix.contains(delegated);
  }
}
