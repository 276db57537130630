// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4.intake;

import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.net.Family;
import io.leasehold.server.metric.PacketCounter;
import io.leasehold.server.metric.ProbeCounter;
import io.leasehold.server.metric.ReceivedCounters;
import io.leasehold.server.protocol.Observers;
import io.leasehold.server.protocol.PacketGuard;
import io.leasehold.server.protocol.RelayRefusal;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;

/** Names of counters, made once. */
public final class MessageCounters {
  public static final String OFFER_SENT = "pkt4-offer-sent";
  public static final String ACK_SENT = "pkt4-ack-sent";
  public static final String NAK_SENT = "pkt4-nak-sent";

  /** Answers to BOOTP clients. */
  public static final String BOOTP_SENT = "pkt4-bootp-sent";

  /** Options of answers that had no room in what the client takes. */
  public static final String OPTIONS_LEFT_OUT = "pkt4-options-left-out";

  /** Messages for which an expression of the plan could not be evaluated. */
  public static final String EXPRESSION_FAILED = "pkt4-expression-failed";

  private static final ReceivedCounters RECEIVED =
      new ReceivedCounters(Family.IPV4, MessageCounters::word);

  private MessageCounters() {}

  private static String word(int type) {
    return type == Dhcp4MessageType.BOOTP || Dhcp4MessageType.isKnown(type)
        ? Dhcp4MessageType.name(type)
        : null;
  }

  /** Every counter of packets that this protocol has. */
  public static Stream<String> names() {
    return Stream.of(
            Arrays.stream(PacketCounter.values()).map(counter -> counter.of(Family.IPV4)),
            Arrays.stream(Drop.values()).map(Drop::counter),
            RelayRefusal.counters(Family.IPV4),
            RECEIVED.names(),
            Stream.of(
                OFFER_SENT, ACK_SENT, NAK_SENT, BOOTP_SENT, OPTIONS_LEFT_OUT, EXPRESSION_FAILED),
            Arrays.stream(ProbeCounter.values()).map(ProbeCounter::word))
        .flatMap(Function.identity());
  }

  /** What stands before everything that handles packets of this protocol. */
  public static PacketGuard guard(Observers observers) {
    return new PacketGuard(Family.IPV4, observers, RECEIVED, Drop.MALFORMED);
  }
}
