// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.IaAddress;
import io.leasehold.codec.v6.IaPrefix;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.net.Prefix;
import java.util.Objects;
import java.util.Optional;

/**
 * An address or a prefix, and what is said of it. Which of the two it is depends on where it
 * stands.
 *
 * @param unit the prefix; an address has 128 bits of it
 * @param preferredSeconds as given to the client, unsigned 32 bits
 * @param validSeconds as given to the client, unsigned 32 bits
 * @param facts what is said
 */
public record BoundLease(
    Prefix unit, long preferredSeconds, long validSeconds, BindingFacts facts) {
  private static final int ADDRESS_BITS = 128;

  /** Refuses null; numbers are refused when they are written. */
  public BoundLease {
    Objects.requireNonNull(unit);
    Objects.requireNonNull(facts);
  }

  static BoundLease read(IaAddress address, Optional<AbsoluteTime> base) {
    return new BoundLease(
        address.address().prefix(ADDRESS_BITS),
        address.preferredSeconds(),
        address.validSeconds(),
        BindingFacts.read(address.options(), base));
  }

  static BoundLease read(IaPrefix prefix, Optional<AbsoluteTime> base) {
    return new BoundLease(
        prefix.prefix(),
        prefix.preferredSeconds(),
        prefix.validSeconds(),
        BindingFacts.read(prefix.options(), base));
  }

  IaAddress toAddress(Optional<AbsoluteTime> base) {
    if (unit.length() != ADDRESS_BITS) {
      throw new IllegalArgumentException(unit + " is not an address");
    }
    Options.Builder options = Options.builder();
    facts.write(options, base);
    return new IaAddress(unit.address(), preferredSeconds, validSeconds, options.build());
  }

  IaPrefix toPrefix(Options.Builder before, Optional<AbsoluteTime> base) {
    facts.write(before, base);
    return new IaPrefix(unit, preferredSeconds, validSeconds, before.build());
  }

  /** What a BNDREPLY says of this lease of a BNDUPD. */
  public BoundLease answer(Optional<StatusCode> refusal) {
    return new BoundLease(unit, preferredSeconds, validSeconds, facts.answer(refusal));
  }
}
