// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import io.leasehold.registrar.core.Notebook;
import io.leasehold.rserpool.wire.asap.EndpointUnreachable;
import java.util.Optional;

/**
 * Users say that pool elements are unreachable (RFC 5352 section 3.5). One user alone removes none
 * that answers (RFC 5355 section 2.13). Of the thread of the registrar.
 */
final class Reports {
  private final Gate gate;
  private final Refusals refusals;
  private final Roll roll;
  private final KeepAlives keepAlives;
  private final Notebook notebook;
  private final AsapSettings settings;

  Reports(
      Gate gate,
      Refusals refusals,
      Roll roll,
      KeepAlives keepAlives,
      Notebook notebook,
      AsapSettings settings) {
    this.gate = gate;
    this.refusals = refusals;
    this.roll = roll;
    this.keepAlives = keepAlives;
    this.notebook = notebook;
    this.settings = settings;
  }

  void report(Visitor visitor, EndpointUnreachable message, long now) {
    Optional<AsapCount> unlawful = gate.refusalOfUser(visitor.caller());
    if (unlawful.isPresent()) {
      refusals.refuse(visitor, unlawful.get(), now);
    } else if (!visitor.reports().take(now)) {
      notebook.count(AsapCount.REPORTS_OVER_BUDGET);
    } else {
      report(visitor.name(), roll.get(message.key()), now);
    }
  }

  private void report(String reporter, OwnElement own, long now) {
    if (own == null) {
      // Of another registrar, which hears of it from its own users, or of nobody.
      notebook.count(AsapCount.REPORTS_OF_NOBODY_HERE);
      return;
    }
    notebook.count(AsapCount.REPORTS);
    forget(own, now);
    own.reporters.put(reporter, now);
    if (own.reporters.size() > settings.mostBadReports()) {
      notebook.count(AsapCount.REMOVED_BY_REPORTS);
      notebook.note(
          own.key() + " is removed: " + own.reporters.size() + " users say it is unreachable");
      roll.strike(own, now);
    } else {
      keepAlives.askSoon(own, now);
    }
  }

  private void forget(OwnElement own, long now) {
    own.reporters.values().removeIf(at -> now - at >= settings.timers().reports());
  }

  /** By how many users a pool element is said to be unreachable. */
  int reporters(OwnElement own, long now) {
    forget(own, now);
    return own.reporters.size();
  }
}
