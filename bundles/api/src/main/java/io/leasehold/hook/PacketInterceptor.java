// SPDX-License-Identifier: Apache-2.0
package io.leasehold.hook;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.lease.LeaseChange;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Sees packets on their way. Services of this type are called in the order of {@code
 * service.ranking}, highest first, then of their names. They are called on the thread that
 * processes the packet, several of them at a time, and must not block. One that throws is skipped
 * for that packet and counted; one that throws again and again, or takes too long too often, is
 * disabled until an operator enables it. While it is, everything passes it.
 */
@ConsumerType
public interface PacketInterceptor {
  /** Name for operators, the same on every call. */
  String name();

  /**
   * Looks at a message.
   *
   * @param moment {@link Moment#RECEIVED} or {@link Moment#SENDING}
   * @param message the client's message, or the server's reply
   * @param context the way it came
   * @return the message to go on with, changed or not; empty to drop the packet
   */
  Optional<ClientServerMessage> message(
      Moment moment, ClientServerMessage message, PacketContext context);

  /**
   * Looks at a DHCPv4 message. Without a method of its own, an interceptor lets all of them pass.
   *
   * @param moment {@link Moment#RECEIVED} or {@link Moment#SENDING}
   * @param message the client's message, or the server's reply
   * @param context the way it came; its relays are empty, see {@link Dhcp4Message#relayAddress}
   * @return the message to go on with, changed or not; empty to drop the packet
   */
  default Optional<Dhcp4Message> message(
      Moment moment, Dhcp4Message message, PacketContext context) {
    return Optional.of(message);
  }

  /**
   * Looks at an address or prefix that was chosen for a client ({@link Moment#SELECTED}), each time
   * that it is offered, given or renewed. A client that is refused what it has is told to stop
   * using it; nobody else gets that before its time is over.
   *
   * @param message what the client said
   */
  default LeaseVerdict selected(
      SelectedLease lease, ClientServerMessage message, PacketContext context) {
    return LeaseVerdict.GRANT;
  }

  /** The same in DHCPv4. A client that is refused is not answered, or gets a DHCPNAK. */
  default LeaseVerdict selected(SelectedLease lease, Dhcp4Message message, PacketContext context) {
    return LeaseVerdict.GRANT;
  }

  /**
   * Hears of the leases that a message has changed, when that is durable ({@link
   * Moment#COMMITTED}). The answer may have left by then. Changes of other origin are for {@link
   * io.leasehold.event.LeaseListener}s.
   *
   * @param changes in the order in which they were made, at least one
   * @param message what the client said
   */
  default void committed(
      List<LeaseChange> changes, ClientServerMessage message, PacketContext context) {}

  /** The same in DHCPv4. */
  default void committed(List<LeaseChange> changes, Dhcp4Message message, PacketContext context) {}
}
