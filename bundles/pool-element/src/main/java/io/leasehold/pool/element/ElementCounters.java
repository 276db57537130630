// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of a pool element. Read by any thread. */
public final class ElementCounters {
  final LongAdder registrations = new LongAdder();
  final LongAdder registered = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder unanswered = new LongAdder();
  final LongAdder expired = new LongAdder();
  final LongAdder deregistrations = new LongAdder();
  final LongAdder keepAlives = new LongAdder();
  final LongAdder keepAlivesForeign = new LongAdder();
  final LongAdder keepAlivesTooMany = new LongAdder();
  final LongAdder homes = new LongAdder();
  final LongAdder strangers = new LongAdder();
  final LongAdder errorsReceived = new LongAdder();
  final LongAdder errorsSent = new LongAdder();
  final LongAdder malformed = new LongAdder();
  final LongAdder discarded = new LongAdder();
  final LongAdder unexpected = new LongAdder();

  /** All by name in kebab case. */
  public Map<String, Long> snapshot() {
    Map<String, Long> all = new TreeMap<>();
    all.put("registrations-sent", registrations.sum());
    all.put("registrations-accepted", registered.sum());
    all.put("registrations-refused", refused.sum());
    all.put("registrations-unanswered", unanswered.sum());
    all.put("registrations-expired", expired.sum());
    all.put("deregistrations-sent", deregistrations.sum());
    all.put("keep-alives-answered", keepAlives.sum());
    all.put("keep-alives-foreign", keepAlivesForeign.sum());
    all.put("keep-alives-too-many", keepAlivesTooMany.sum());
    all.put("homes-found", homes.sum());
    all.put("strangers-refused", strangers.sum());
    all.put("errors-received", errorsReceived.sum());
    all.put("errors-sent", errorsSent.sum());
    all.put("messages-malformed", malformed.sum());
    all.put("messages-discarded", discarded.sum());
    all.put("messages-unexpected", unexpected.sum());
    return all;
  }
}
