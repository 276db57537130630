// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6.intake;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.server.expression.Membership;
import io.leasehold.server.expression.PacketFacts;
import io.leasehold.server.protocol.Arrival;
import java.util.List;

/**
 * What expressions may ask of a DHCPv6 message.
 *
 * @param message the client's
 * @param relays the Relay-forward messages around it, outermost first
 * @param arrival how it came
 * @param length octets of the datagram
 * @param membership to which classes it belongs
 */
public record PacketFacts6(
    ClientServerMessage message,
    List<RelayMessage> relays,
    Arrival arrival,
    int length,
    Membership membership)
    implements PacketFacts {

  @Override
  public Bytes optionOrNull(int code) {
    return valueOrNull(message.options(), code);
  }

  private static Bytes valueOrNull(Options options, int code) {
    Bytes value = options.rawOrEmpty(code);
    return !value.isEmpty() || options.has(code) ? value : null;
  }

  @Override
  public String interfaceName() {
    return arrival.interfaceName();
  }

  @Override
  public Ipv6 source() {
    return arrival.remote();
  }

  @Override
  public Ipv6 destination() {
    return arrival.local();
  }

  @Override
  public int messageType() {
    return message.type();
  }

  @Override
  public long transactionId() {
    return message.transactionId();
  }

  @Override
  public int relayCount() {
    return relays.size();
  }

  /** The message that is relayed is no option of the relay agent's own. */
  @Override
  public Bytes relayOptionOrNull(int relay, int code) {
    return code == Dhcp6OptionCode.RELAY_MSG
        ? null
        : valueOrNull(relays.get(relay).options(), code);
  }

  @Override
  public Ipv6 relayLink(int relay) {
    return relays.get(relay).linkAddress();
  }

  @Override
  public Ipv6 relayPeer(int relay) {
    return relays.get(relay).peerAddress();
  }

  @Override
  public boolean isMember(int classNumber) {
    return membership.isMember(classNumber);
  }

  @Override
  public void failed() {
    membership.failed();
  }
}
