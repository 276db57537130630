// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import io.leasehold.net.Ipv6;
import io.leasehold.registrar.core.Premises;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.TransportParameter;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.PeerRole;
import java.util.Optional;

/**
 * Who may do what; asked before anything is kept of whoever wants it (RFC 5355 sections 2.1 to
 * 2.4). One thread.
 */
final class Gate {
  private final Premises premises;
  private final AsapSettings settings;

  Gate(Premises premises, AsapSettings settings) {
    this.premises = premises;
    this.settings = settings;
  }

  /** Why somebody may not be an element of that pool. */
  Optional<AsapCount> refusalOfElement(Caller caller, PoolHandle pool) {
    Optional<AsapCount> refusal = refusalOf(caller, PeerRole.POOL_ELEMENT);
    if (refusal.isEmpty() && caller.peer().isPresent()) {
      AuthenticatedPeer peer = caller.peer().get();
      return premises.rights().permitsPool(peer, pool.octets())
          ? Optional.empty()
          : Optional.of(AsapCount.REFUSED_POOL);
    }
    return refusal;
  }

  /** Why somebody may not ask, or report a pool element. Pool elements are users as well. */
  Optional<AsapCount> refusalOfUser(Caller caller) {
    if (settings.plainUsers() && caller.peer().isEmpty()) {
      return Optional.empty();
    }
    Optional<AsapCount> refusal = refusalOf(caller, PeerRole.POOL_USER);
    return refusal.isPresent() ? refusalOf(caller, PeerRole.POOL_ELEMENT) : refusal;
  }

  private Optional<AsapCount> refusalOf(Caller caller, PeerRole role) {
    if (premises.isSecure() && !caller.isSecure()) {
      return Optional.of(AsapCount.REFUSED_NOT_SECURE);
    }
    boolean isPermitted =
        caller.peer().map(peer -> premises.rights().permits(peer, role)).orElse(true);
    return isPermitted ? Optional.empty() : Optional.of(AsapCount.REFUSED_ROLE);
  }

  /** Whether a pool element's addresses are all ones at which that peer may serve. */
  boolean permitsAddresses(Caller caller, PoolElement element) {
    return permitsAddresses(caller, element.userTransport())
        && element.asapTransport().map(each -> permitsAddresses(caller, each)).orElse(true);
  }

  private boolean permitsAddresses(Caller caller, TransportParameter transport) {
    return transport.addresses().stream().allMatch(address -> permits(caller, address));
  }

  /** RFC 5352 section 2.2.1: an address of the connection; or one that its entry allows. */
  private boolean permits(Caller caller, Ipv6 address) {
    if (caller.remotes().contains(address)) {
      return true;
    }
    return caller.peer().isPresent()
        ? premises.rights().permitsAddress(caller.peer().get(), address)
        : settings.scope().stream().anyMatch(prefix -> prefix.contains(address));
  }

  /**
   * Whether somebody is the pool element that is registered already. A peer that registered it here
   * is known by its name, and without peers by its connection, or by its address once that is gone.
   * Of what was registered elsewhere only the addresses are known: it has to be one who may use all
   * of them.
   *
   * @param own what this registrar knows of it, null if it is another one's
   */
  boolean isItself(Visitor visitor, OwnElement own, PoolElement registered) {
    Caller caller = visitor.caller();
    if (own == null || own.holder == null) {
      return permitsAddresses(caller, registered);
    }
    Holder holder = own.holder;
    if (holder.peer().isPresent() || caller.peer().isPresent()) {
      return holder.peer().equals(caller.peer().map(AuthenticatedPeer::peerId));
    }
    return own.visitor == visitor
        || own.visitor == null && caller.remotes().contains(holder.remote());
  }
}
