// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import io.leasehold.net.Ipv6;
import io.leasehold.security.HopEnd;
import io.leasehold.transport.connection.Protection;
import java.util.List;

/**
 * All addresses of both ends of an association.
 *
 * @param locals ours
 * @param remotes of the peer; the first one is where its packets come from, or go
 */
record Ends(List<HopEnd> locals, List<HopEnd> remotes) {
  private static final Ipv6 LOOPBACK = Ipv6.ofText("::1");
  private static final int LOOPBACK_NETWORK = 127;

  /** Copies both; there is at least one of the peer. */
  Ends {
    locals = List.copyOf(locals);
    remotes = List.copyOf(remotes);
    if (remotes.isEmpty()) {
      throw new IllegalArgumentException("an association has a peer");
    }
  }

  /** Where packets of the peer come from, or go. */
  HopEnd primary() {
    return remotes.get(0);
  }

  /** Addresses of the peer, the primary first. */
  List<Ipv6> remoteAddresses() {
    return remotes.stream().map(HopEnd::address).toList();
  }

  /**
   * Whether messages may go in clear by every path that the kernel may take.
   *
   * @throws Protection.Refused saying between which addresses they may not
   */
  void check(Protection protection) throws Protection.Refused {
    protection.check();
    boolean any = false;
    for (HopEnd local : told()) {
      for (HopEnd remote : remotes) {
        if (local.address().isMapped() == remote.address().isMapped()) {
          protection.check(local, remote);
          any = true;
        }
      }
    }
    if (!any) {
      throw new Protection.Refused("no path between the addresses of both ends is known");
    }
  }

  /**
   * Our addresses that a peer is told of, and so can use: a socket that is bound to none lists
   * those of all interfaces, but only a peer on this host hears of loopback, and only one on a link
   * of link-local ones.
   */
  List<HopEnd> told() {
    boolean loopback = isLoopback(primary().address());
    boolean linkLocal = primary().address().isLinkLocal();
    return locals.stream()
        .filter(each -> loopback || !isLoopback(each.address()))
        .filter(each -> linkLocal || !each.address().isLinkLocal())
        .toList();
  }

  private static boolean isLoopback(Ipv6 address) {
    return address.equals(LOOPBACK)
        || address.isMapped() && (address.low() >>> 24 & 0xff) == LOOPBACK_NETWORK;
  }

  /** Our end, as operators read it. */
  String localText() {
    return told().isEmpty() ? "" : text(told());
  }

  /** The other end, as operators read it. */
  String remoteText() {
    return text(remotes);
  }

  private static String text(List<HopEnd> ends) {
    StringBuilder text = new StringBuilder();
    for (HopEnd each : ends) {
      text.append(text.isEmpty() ? "" : ",").append(address(each.address()));
    }
    return text + ":" + ends.get(0).port();
  }

  /** One end, as operators read it. */
  static String text(HopEnd end) {
    return address(end.address()) + ":" + end.port();
  }

  private static String address(Ipv6 address) {
    return address.isMapped() ? address.toString() : "[" + address + "]";
  }
}
