// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.server.lease.Choice;
import io.leasehold.server.v4.intake.Drop;

/** Decides about a DHCPREQUEST by what the client was doing (RFC 2131 section 4.3.2). */
final class Requesting {
  /**
   * What becomes of it: one of the three.
   *
   * @param choice the address the client gets; null for none
   * @param refusal why it is told not to use its address; null if it is not told so
   * @param drop why nothing is said
   */
  record Verdict(Choice choice, String refusal, Drop drop) {
    private static Verdict granted(Choice choice) {
      return new Verdict(choice, null, null);
    }

    private static Verdict refused(String why) {
      return new Verdict(null, why, null);
    }

    private static Verdict ignored(Drop why) {
      return new Verdict(null, null, why);
    }
  }

  private static final String WRONG_NETWORK = "wrong network";
  private static final String NOT_AVAILABLE = "requested address not available";
  private static final String NOT_KNOWN = "lease not known";

  private final Exchange exchange;

  Requesting(Exchange exchange) {
    this.exchange = exchange;
  }

  Verdict verdict() {
    Ipv4 address = exchange.request().subject();
    if (!exchange.knowsLink()) {
      return Verdict.ignored(Drop.UNKNOWN_LINK);
    }
    if (address.isUnspecified()) {
      return exchange.isLenientWithRequests()
          ? chosen()
          : Verdict.ignored(Drop.NO_REQUESTED_ADDRESS);
    }
    // The plan knows the link, so this is no question of who is authoritative.
    if (!exchange.link().contains(Ipv6.mapped(address))) {
      return Verdict.refused(WRONG_NETWORK);
    }
    return switch (exchange.request().state()) {
      case SELECTING -> selecting(address);
      case INIT_REBOOT -> rebooting(address);
      case RENEWING, REBINDING -> extending(address);
    };
  }

  /** RFC 2131 table 5 has such a client name its address; by the plan's leave it is given one. */
  private Verdict chosen() {
    Choice choice = exchange.choose();
    return choice != null ? Verdict.granted(choice) : Verdict.ignored(Drop.NO_ADDRESS);
  }

  /** The client chose this server's offer, unless its relay agent hides whose it chose. */
  private Verdict selecting(Ipv4 address) {
    Choice choice = exchange.claim(address);
    if (choice != null) {
      return Verdict.granted(choice);
    }
    return isPartners() && !exchange.request().namesServer()
        ? Verdict.ignored(Drop.OTHER_SERVER)
        : Verdict.refused(NOT_AVAILABLE);
  }

  /** RFC 2131 section 4.3.2: silence if there is no record of the client. */
  private Verdict rebooting(Ipv4 address) {
    if (!isRecorded()) {
      return unknown();
    }
    Choice choice = isRecordedWith(Exchange.key(address)) ? exchange.claim(address) : null;
    if (choice != null) {
      return Verdict.granted(choice);
    }
    return isPartners() ? unknown() : Verdict.refused(NOT_AVAILABLE);
  }

  private boolean isRecorded() {
    return !exchange.known().isEmpty() || exchange.hasReservedAddress();
  }

  private boolean isRecordedWith(LeaseKey key) {
    if (exchange.reserved().contains(key) || exchange.held(key) != null) {
      return true;
    }
    boolean active = false;
    boolean remembered = false;
    for (Lease lease : exchange.known()) {
      active |= lease.state() == LeaseState.ACTIVE;
      remembered |= lease.key().equals(key);
    }
    return remembered && !active;
  }

  /**
   * Whoever has an address of ours that nobody else has may keep it, also if its record is lost, as
   * in Kea. What another server on this link may have given is left to that one.
   */
  private Verdict extending(Ipv4 address) {
    Choice choice = exchange.claim(address);
    if (choice != null) {
      return Verdict.granted(choice);
    }
    LeaseKey key = Exchange.key(address);
    boolean decidedHere = exchange.isOurs(key) || exchange.held(key) != null;
    return decidedHere && !isPartners() ? Verdict.refused(NOT_AVAILABLE) : unknown();
  }

  /** Whether the failover partner may have given the client what it asks for. */
  private boolean isPartners() {
    LeaseKey key = Exchange.key(exchange.request().subject());
    return exchange.isSilentOn(key) && exchange.held(key) == null;
  }

  private Verdict unknown() {
    if (isPartners()) {
      return Verdict.ignored(Drop.UNKNOWN_BINDING);
    }
    return exchange.request().placeOrNull().subnet().dhcp4().authoritative()
        ? Verdict.refused(NOT_KNOWN)
        : Verdict.ignored(Drop.UNKNOWN_BINDING);
  }
}
