// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import io.leasehold.failover.effect.Outbox;

/** Tells operators why there is no connection; the same again and again is said once. */
final class Troubles {
  private final Outbox outbox;
  private String last = "";

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

  private boolean isNew(String why) {
    boolean differs = !why.equals(last);
    last = why;
    return differs;
  }

  /** There is a connection. */
  void over() {
    last = "";
  }
}
