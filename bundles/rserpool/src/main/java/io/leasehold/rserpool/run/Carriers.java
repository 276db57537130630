// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.run;

import io.leasehold.hop.SessionTransport;
import java.util.HashMap;
import java.util.Map;

/** The transports that a component has, for the core that it runs at the time. Any thread. */
public final class Carriers {
  private final Map<String, SessionTransport> present = new HashMap<>();
  private CoreThread served;

  /** One has come, or another one in its place. */
  public synchronized void come(String name, SessionTransport service) {
    present.put(name, service);
    if (served != null) {
      served.use(name, service);
    }
  }

  /** One has gone. */
  public synchronized void gone(String name, SessionTransport service) {
    present.remove(name, service);
    if (served != null) {
      served.forget(name, service);
    }
  }

  /** Gives them to this core, and to no other one; null: to none. */
  public synchronized void serve(CoreThread next) {
    served = next;
    if (next != null) {
      present.forEach(next::use);
    }
  }
}
