// SPDX-License-Identifier: Apache-2.0
package io.leasehold.hook;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v6.ClientServerMessage;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Sees packets on their way. Services of this type are called in the order of {@code
 * service.ranking}, highest first, then of {@code service.id}. They are called on the thread that
 * processes the packet and must not block. One that throws is skipped for that packet and counted.
 */
@ConsumerType
public interface PacketInterceptor {
  /** Name for operators. */
  String name();

  /**
   * Looks at a message.
   *
   * @param moment when
   * @param message the client's message, or the server's reply
   * @param context the way it came
   * @return the message to go on with, changed or not; empty to drop the packet
   */
  Optional<ClientServerMessage> message(
      Moment moment, ClientServerMessage message, PacketContext context);

  /**
   * Looks at a DHCPv4 message. Without a method of its own, an interceptor lets all of them pass.
   *
   * @param moment when
   * @param message the client's message, or the server's reply
   * @param context the way it came; its relays are empty, see {@link Dhcp4Message#relayAddress}
   * @return the message to go on with, changed or not; empty to drop the packet
   */
  default Optional<Dhcp4Message> message(
      Moment moment, Dhcp4Message message, PacketContext context) {
    return Optional.of(message);
  }
}
