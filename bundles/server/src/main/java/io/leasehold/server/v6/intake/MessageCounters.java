// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6.intake;

import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.net.Family;
import io.leasehold.server.metric.PacketCounter;
import io.leasehold.server.metric.ReceivedCounters;
import io.leasehold.server.protocol.Observers;
import io.leasehold.server.protocol.PacketGuard;
import io.leasehold.server.protocol.RelayRefusal;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;

/** Names of counters, made once. */
public final class MessageCounters {
  public static final String ADVERTISE_SENT = "pkt6-advertise-sent";
  public static final String REPLY_SENT = "pkt6-reply-sent";

  /** Messages for which an expression of the plan could not be evaluated. */
  public static final String EXPRESSION_FAILED = "pkt6-expression-failed";

  private static final ReceivedCounters RECEIVED =
      new ReceivedCounters(Family.IPV6, MessageCounters::word);

  private MessageCounters() {}

  private static String word(int type) {
    if (type == Dhcp6MessageType.INFORMATION_REQUEST) {
      return "infrequest";
    }
    return Dhcp6MessageType.isKnown(type) ? Dhcp6MessageType.name(type) : null;
  }

  /** Every counter of packets that this protocol has. */
  public static Stream<String> names() {
    return Stream.of(
            Arrays.stream(PacketCounter.values()).map(counter -> counter.of(Family.IPV6)),
            Arrays.stream(Drop.values()).map(Drop::counter),
            RelayRefusal.counters(Family.IPV6),
            RECEIVED.names(),
            Stream.of(ADVERTISE_SENT, REPLY_SENT, EXPRESSION_FAILED))
        .flatMap(Function.identity());
  }

  /** What stands before everything that handles packets of this protocol. */
  public static PacketGuard guard(Observers observers) {
    return new PacketGuard(Family.IPV6, observers, RECEIVED, Drop.MALFORMED);
  }
}
