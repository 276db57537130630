// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.upstream;

import io.leasehold.net.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Which uplink a client or a server was last met at. Bounded: the one met longest ago is forgotten
 * first. Any thread.
 */
final class Attachments {
  /** A note is written anew after this part of the time for which it lasts. */
  private static final int RENEWALS = 100;

  private record At(int uplink, long millis) {}

  private final int most;
  private final long lastsMillis;
  private final Map<Bytes, At> met;

  Attachments(int most, long lastsMillis) {
    this.most = most;
    this.lastsMillis = lastsMillis;
    this.met =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Bytes, At> eldest) {
            return size() > most;
          }
        };
  }

  /** The same for uplinks in another order; -1 for those that have gone. */
  synchronized Attachments moved(IntUnaryOperator now) {
    Attachments moved = new Attachments(most, lastsMillis);
    met.forEach(
        (who, at) -> {
          int uplink = now.applyAsInt(at.uplink());
          if (uplink >= 0) {
            moved.met.put(who, new At(uplink, at.millis()));
          }
        });
    return moved;
  }

  /** Notes where somebody is. */
  synchronized void note(Bytes who, int uplink, long nowMillis) {
    At before = who.isEmpty() ? null : met.get(who);
    boolean isNews =
        before == null
            || before.uplink() != uplink
            || Math.abs(nowMillis - before.millis()) >= lastsMillis / RENEWALS;
    if (isNews && !who.isEmpty()) {
      met.put(who.compact(), new At(uplink, nowMillis));
    }
  }

  /** Where somebody is; -1 if that is not known, or too long ago. */
  synchronized int of(Bytes who, long nowMillis) {
    At at = who.isEmpty() ? null : met.get(who);
    return at == null || nowMillis - at.millis() > lastsMillis ? -1 : at.uplink();
  }
}
