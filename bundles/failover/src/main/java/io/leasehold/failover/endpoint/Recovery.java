// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.effect.Moment;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * RECOVER and RECOVER-WAIT (RFC 8156 sections 8.5 and 8.6): learns what was missed, then waits
 * until whatever this server may have promised has ended.
 */
final class Recovery {
  private long quietSinceNanos;

  /** Since when this server has surely promised nothing; not after now. */
  void quietSince(long wallSeconds, Moment now) {
    long age = Math.max(0, now.wallSeconds() - wallSeconds);
    quietSinceNanos = now.steadyNanos() - TimeUnit.SECONDS.toNanos(age);
  }

  /**
   * Whether to ask for everything: what was stored is lost, because the partner knows of a common
   * past of which nothing is recorded here; or an operator wants it.
   */
  static boolean asksAll(EndpointRecord record, PartnerView partner) {
    return record.past().learnsAll() || !record.past().hasCommunicated() && partner.remembersUs();
  }

  /** When RECOVER-WAIT is over, steady nanoseconds: the largest lead time counts. */
  long deadline(EndpointRecord record) {
    return quietSinceNanos + TimeUnit.SECONDS.toNanos(record.largestMcltSeconds());
  }

  /** What follows RECOVER, once the partner has sent what was asked for. */
  static Step learned(Moment now) {
    return new Step(
        ServerState.RECOVER_WAIT,
        now.wallSeconds(),
        past -> past.learning(false),
        "The partner has sent all updates.",
        false);
  }

  /** What follows RECOVER-WAIT, if it is over, with the partner or without. */
  Optional<Step> waited(EndpointRecord record, PartnerView partner, Moment now) {
    if (isFirstTime(record.past(), partner)) {
      return Optional.of(
          Step.to(ServerState.RECOVER_DONE, now, "Both begin: nothing has to be waited for."));
    }
    if (now.isAt(deadline(record))) {
      return Optional.of(
          Step.to(ServerState.RECOVER_DONE, now, "What this server may have promised has ended."));
    }
    return Optional.empty();
  }

  /** Whether this server has never run failover, by its own record and by its partner's. */
  private static boolean isFirstTime(EndpointRecord.Past past, PartnerView partner) {
    return !past.hasCommunicated()
        && !past.hasServed()
        && partner.isInContact()
        && !partner.remembersUs();
  }
}
