// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.server.answer.Grant;
import io.leasehold.server.plan.Lifetimes;
import java.util.List;
import java.util.OptionalLong;

/**
 * T1 and T2, the same for all associations of a reply (RFC 8415 sections 18.3.2, 18.3.4 and
 * 18.3.5).
 *
 * @param t1Seconds when to renew; 0 leaves it to the client
 * @param t2Seconds when to rebind; 0 leaves it to the client
 */
record RenewalTimes(long t1Seconds, long t2Seconds) {
  /** Left to the client, or nothing to renew. */
  static final RenewalTimes NONE = new RenewalTimes(0, 0);

  /** The times that suit all grants. */
  static RenewalTimes of(List<AssociationAnswer> answers) {
    long t1 = 0;
    long t2 = 0;
    for (AssociationAnswer answer : answers) {
      for (Grant grant : answer.grants()) {
        Lifetimes plan = grant.choice().subnet().lifetimes();
        t1 = earlier(t1, time(plan.renew(), grant, plan.renewFraction()));
        t2 = earlier(t2, time(plan.rebind(), grant, plan.rebindFraction()));
      }
    }
    // RFC 8415 section 21.4: a client discards an association whose T1 is after its T2.
    return t1 == 0 && t2 == 0 ? NONE : new RenewalTimes(t2 == 0 ? t1 : Math.min(t1, t2), t2);
  }

  /** RFC 8415 section 21.4: a part of the shortest preferred lifetime, infinity if that is. */
  private static long time(OptionalLong dictated, Grant grant, double part) {
    long preferred = grant.preferredSeconds();
    if (dictated.isPresent()) {
      // What is dictated is meant for the lifetimes of the plan, not for a part of them.
      return grant.isCut()
          ? Math.min(dictated.getAsLong(), Math.round(preferred * part))
          : dictated.getAsLong();
    }
    if (!grant.choice().subnet().lifetimes().computeTimers()) {
      return 0;
    }
    return preferred == io.leasehold.codec.v6.Lifetimes.INFINITY_SECONDS
        ? preferred
        : Math.round(preferred * part);
  }

  /** The earlier one; 0 is none. */
  private static long earlier(long a, long b) {
    return a == 0 || b == 0 ? Math.max(a, b) : Math.min(a, b);
  }
}
