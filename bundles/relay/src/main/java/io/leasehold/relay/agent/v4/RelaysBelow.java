// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v4;

import io.leasehold.net.Ipv4;
import io.leasehold.relay.agent.Arrival;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Relay agents that are farther from the server, by their address. Answers name no other way back.
 * Bounded: who has not sent for the longest time is forgotten first, and known again after its next
 * message. Any thread.
 */
final class RelaysBelow {
  private static final int MOST = 4096;

  /** Nobody takes the address of a relay agent that was heard that short ago. */
  private static final long KEPT_MILLIS = 300_000;

  /**
   * A relay agent.
   *
   * @param sender who it is
   * @param connected whether it is reached on its connection
   * @param port it receives datagrams on
   * @param rules of the place where it is
   * @param millis when it was heard
   */
  record Below(String sender, boolean connected, int port, InterfaceRules rules, long millis) {}

  private final Map<Ipv4, Below> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Ipv4, Below> eldest) {
          return size() > MOST;
        }
      };

  /**
   * Notes that a message came.
   *
   * @return false if another one that proves who it is has the address
   */
  synchronized boolean heard(
      Ipv4 address, Arrival arrival, int port, InterfaceRules rules, long nowMillis) {
    Below before = known.get(address);
    boolean connected = arrival.side() == Arrival.Side.BELOW;
    boolean another =
        before != null
            && before.connected()
            && !before.sender().equals(arrival.sender())
            && nowMillis - before.millis() < KEPT_MILLIS;
    if (another) {
      return false;
    }
    known.put(address, new Below(arrival.sender(), connected, port, rules, nowMillis));
    return true;
  }

  /** Takes over who was heard in places that are still there. */
  void learnFrom(RelaysBelow before, Dhcp4Settings settings) {
    Map<Ipv4, Below> others;
    synchronized (before) {
      others = new LinkedHashMap<>(before.known);
    }
    synchronized (this) {
      others.forEach(
          (address, each) -> {
            InterfaceRules now =
                each.connected()
                    ? settings.below()
                    : settings.interfaces().get(each.rules().name());
            if (now != null) {
              known.put(
                  address,
                  new Below(each.sender(), each.connected(), each.port(), now, each.millis()));
            }
          });
    }
  }

  /** The one with that address. */
  synchronized Optional<Below> find(Ipv4 address) {
    return Optional.ofNullable(known.get(address));
  }
}
