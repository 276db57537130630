// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.hunt;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.session.Sessions;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelFacts;
import io.leasehold.security.PeerRole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Connections that come about when a test says so. */
final class RecordedConnections implements Sessions {
  private final Map<Long, ConnectSpec> open = new LinkedHashMap<>();
  private final List<String> asked = new ArrayList<>();
  private long number = 100;

  @Override
  public long connect(ConnectSpec to) {
    number++;
    open.put(number, to);
    asked.add(to.remote().toString());
    return number;
  }

  @Override
  public boolean send(long session, Bytes message) {
    return open.containsKey(session);
  }

  @Override
  public void close(long session, String why) {
    open.remove(session);
  }

  /** Where was connected to since this was asked last, in order. */
  List<String> asked() {
    List<String> before = List.copyOf(asked);
    asked.clear();
    return before;
  }

  /** How those are reached that there are. */
  List<ConnectSpec> specs() {
    return List.copyOf(open.values());
  }

  /** How many there are, coming about or open. */
  int count() {
    return open.size();
  }

  /** The latest connection to an address. */
  long to(String address) {
    return open.entrySet().stream()
        .filter(each -> each.getValue().remote().equals(Ipv6.ofText(address)))
        .mapToLong(Map.Entry::getKey)
        .max()
        .orElseThrow();
  }

  boolean isOpen(long session) {
    return open.containsKey(session);
  }

  /** A connection is over. */
  void forget(long session) {
    open.remove(session);
  }

  /** Who is at an address, with a proof of what it is. */
  static Caller proved(String address, PeerRole role) {
    return new Caller(
        Application.ASAP,
        Ipv6.ofText(address),
        Optional.of(
            new AuthenticatedPeer(
                "reg",
                Set.of(role),
                "tls-psk",
                new ChannelFacts("TLSv1.3", "", "", "", "", Instant.EPOCH))),
        Assurance.PRIVATE);
  }

  /** Who is at an address, as it says. */
  static Caller unproved(String address) {
    return new Caller(Application.ASAP, Ipv6.ofText(address), Optional.empty(), Assurance.NONE);
  }
}
