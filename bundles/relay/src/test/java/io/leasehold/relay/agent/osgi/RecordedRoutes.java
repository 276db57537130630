// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.osgi;

import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.relay.RouteSink;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Routes that are put in place, as text; each then does something. */
final class RecordedRoutes implements RouteSink {
  private final LinkedBlockingQueue<String> changes = new LinkedBlockingQueue<>();
  private final Action after;

  /** What is done for each route. */
  interface Action {
    void run() throws InterruptedException;
  }

  RecordedRoutes() {
    this(() -> {});
  }

  RecordedRoutes(Action after) {
    this.after = after;
  }

  /** The next change; null if none comes for long. */
  String next() throws InterruptedException {
    return changes.poll(20, TimeUnit.SECONDS);
  }

  /** Whether there was no other change. */
  boolean isOver() {
    return changes.isEmpty();
  }

  @Override
  public String name() {
    return "recorded";
  }

  @Override
  public void add(Prefix prefix, Ipv6 nextHop, String interfaceName) {
    changes.add("add " + prefix.toIpv6Text() + " " + nextHop + " " + interfaceName);
    try {
      after.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void remove(Prefix prefix, Ipv6 nextHop, String interfaceName) {
    changes.add("remove " + prefix.toIpv6Text());
  }
}
