// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.upstream;

import io.leasehold.relay.agent.Flow;
import io.leasehold.relay.agent.RelaySettings.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** All uplinks that are configured, or the first healthy one. Any thread. */
final class FixedSelection implements Selection {
  private final Delivery delivery;
  private final List<Uplink> uplinks;
  private final List<UplinkHealth> health;
  private final Attachments clients;
  private final Attachments servers;
  private final List<Integer> every;

  /**
   * Selects among the first uplinks of the lists.
   *
   * @param count of those that are configured
   */
  FixedSelection(Delivery delivery, int count, Knowledge known) {
    this.delivery = delivery;
    this.uplinks = known.uplinks().subList(0, count);
    this.health = known.health();
    this.clients = known.clients();
    this.servers = known.servers();
    this.every = IntStream.range(0, count).boxed().toList();
  }

  @Override
  public List<Integer> targets(Flow flow, long nowMillis) {
    if (delivery == Delivery.ALL) {
      return every;
    }
    int chosen = choose(flow, nowMillis);
    if (chosen < 0) {
      return every; // None is known to answer: whichever comes back first is used.
    }
    clients.note(flow.client(), chosen, nowMillis);
    List<Integer> targets = new ArrayList<>(2);
    targets.add(chosen);
    for (int i = 0; i < uplinks.size(); i++) {
      if (i != chosen && health.get(i).isProbeDue(nowMillis)) {
        targets.add(i);
      }
    }
    return targets;
  }

  /** The one for a message; -1 if none is healthy. */
  private int choose(Flow flow, long nowMillis) {
    int server = servers.of(flow.server(), nowMillis);
    if (isOurs(server) && uplinks.get(server).state(nowMillis).isUp()) {
      return server;
    }
    int before = clients.of(flow.client(), nowMillis);
    if (isOurs(before) && isHealthy(before, nowMillis)) {
      return before;
    }
    for (int i = 0; i < uplinks.size(); i++) {
      if (isHealthy(i, nowMillis)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isOurs(int index) {
    return index >= 0 && index < uplinks.size();
  }

  private boolean isHealthy(int index, long nowMillis) {
    return !health.get(index).isDead() && uplinks.get(index).state(nowMillis).isUp();
  }

  @Override
  public void died(int uplink) {
    // There is nobody to tell.
  }
}
