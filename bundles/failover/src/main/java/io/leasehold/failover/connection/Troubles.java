// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import io.leasehold.failover.effect.Outbox;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells operators why there is no connection. What is tried again and again is said once, also if
 * there are several reasons in turn, until there is a connection.
 */
final class Troubles {
  /** Reasons that are remembered; of more than these the oldest may be said again. */
  static final int MOST = 16;

  /** How far clocks are apart changes from one message to the next. */
  private static final Pattern VARYING = Pattern.compile("[0-9]+ s apart");

  private final Outbox outbox;
  private final Set<String> said = new LinkedHashSet<>();

  Troubles(Outbox outbox) {
    this.outbox = outbox;
  }

  /** One side does not want the other as it is: somebody should look. */
  void refused(String why) {
    if (isNew(why)) {
      outbox.warn(why);
    }
  }

  /** The connection ended, or did not come about. */
  void ended(String why) {
    if (isNew(why)) {
      outbox.note("no connection: " + why);
    }
  }

  /** Somebody else has said it. */
  void told(String why) {
    isNew(why);
  }

  private boolean isNew(String why) {
    boolean isNew = said.add(VARYING.matcher(why).replaceAll("apart"));
    if (said.size() > MOST) {
      said.remove(said.iterator().next());
    }
    return isNew;
  }

  /** There is a connection. */
  void over() {
    said.clear();
  }
}
