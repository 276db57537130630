// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.net.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A packet with its relay messages taken off one by one.
 *
 * @param relays the relay messages, the outermost (nearest to the server) first; empty if the
 *     client speaks to the server directly
 * @param message the innermost message
 */
public record RelayChain(List<RelayMessage> relays, ClientServerMessage message) {
  /**
   * The most relay messages inside each other: hop counts run from 0 to the limit, because a relay
   * agent forwards what has passed fewer than {@link RelayMessage#HOP_COUNT_LIMIT} (RFC 8415
   * section 19.1.2).
   */
  public static final int MAX_DEPTH = RelayMessage.HOP_COUNT_LIMIT + 1;

  /** Copies the list. */
  public RelayChain {
    relays = List.copyOf(relays);
    Objects.requireNonNull(message);
  }

  /**
   * Reads a packet through all its relay messages.
   *
   * @throws MalformedPacketException if the packet or a relayed message is malformed, a relay
   *     message relays nothing, forwarded and returned messages are mixed, or there are more than
   *     {@link #MAX_DEPTH} levels
   */
  public static RelayChain decode(Bytes packet) {
    return of(Dhcp6Message.decode(packet));
  }

  /**
   * Reads what a decoded message relays.
   *
   * @throws MalformedPacketException as {@link #decode}
   */
  public static RelayChain of(Dhcp6Message outermost) {
    if (outermost instanceof ClientServerMessage direct) {
      return new RelayChain(List.of(), direct);
    }
    List<RelayMessage> relays = new ArrayList<>(2);
    Dhcp6Message current = outermost;
    Bytes source = Bytes.EMPTY;
    while (current instanceof RelayMessage relay) {
      if (relays.size() == MAX_DEPTH) {
        throw new MalformedPacketException(MalformedReason.RELAY_DEPTH, source.sourceOffset());
      }
      if (relay.type() != outermost.type()) {
        throw new MalformedPacketException(MalformedReason.INVALID_VALUE, source.sourceOffset());
      }
      relays.add(relay);
      Bytes outer = source;
      source =
          relay
              .relayed()
              .orElseThrow(
                  () ->
                      new MalformedPacketException(
                          MalformedReason.MISSING_OPTION, outer.sourceOffset()));
      current = Dhcp6Message.decode(source);
    }
    return new RelayChain(relays, (ClientServerMessage) current);
  }

  /** Whether a relay agent passed the message on. */
  public boolean isRelayed() {
    return !relays.isEmpty();
  }

  /**
   * The relay message that the relay agent nearest to the client made.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public RelayMessage innermostRelay() {
    return relays.get(relays.size() - 1);
  }
}
