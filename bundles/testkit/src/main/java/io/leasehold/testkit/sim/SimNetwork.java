// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.sim;

import io.leasehold.net.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Carries packets between nodes, with delay, loss, repetition, reordering and partition. */
public final class SimNetwork {
  /** Takes what arrives at a node. */
  @FunctionalInterface
  public interface Node {
    /** A packet. */
    void packet(String from, Bytes payload);
  }

  private final SimWorld world;
  private final RandomGenerator random;
  private final Map<String, Node> nodes = new HashMap<>();
  private final Set<String> isolated = new HashSet<>();
  private final List<Node> watchers = new ArrayList<>();
  private Faults faults = Faults.NONE;

  /** A quiet network without nodes. */
  public SimNetwork(SimWorld world) {
    this.world = world;
    this.random = world.random("network");
  }

  /** Connects a node. */
  public void attach(String name, Node node) {
    nodes.put(name, node);
  }

  /** Shows every packet that is sent, before anything happens to it. */
  public void watch(Node watcher) {
    watchers.add(watcher);
  }

  /** What happens to packets from now on. */
  public void faults(Faults next) {
    faults = next;
  }

  /** Nothing reaches or leaves a node until {@link #rejoin}; what is on its way is lost. */
  public void isolate(String name) {
    if (isolated.add(name)) {
      world.note(name + " is cut off");
    }
  }

  /** Ends an isolation. */
  public void rejoin(String name) {
    if (isolated.remove(name)) {
      world.note(name + " is back");
    }
  }

  /** Ends all faults and isolations. */
  public void heal() {
    isolated.clear();
    faults = Faults.NONE;
  }

  /** Sends a packet, which may come late, twice or never. */
  public void send(String from, String to, Bytes payload) {
    world.note(
        payload.hashCode() * 31L + to.hashCode(),
        () -> from + " -> " + to + " " + SimPackets.describe(payload));
    watchers.forEach(watcher -> watcher.packet(from, payload));
    int copies = random.nextInt(100) < faults.repeatPercent() ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      if (random.nextInt(100) >= faults.lossPercent()) {
        int delay = random.nextInt(faults.leastDelayMillis(), faults.mostDelayMillis() + 1);
        world.after(delay, () -> deliver(from, to, payload));
      }
    }
  }

  private void deliver(String from, String to, Bytes payload) {
    if (!isolated.contains(from) && !isolated.contains(to)) {
      nodes.get(to).packet(from, payload);
    }
  }
}
