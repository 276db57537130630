// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6.intake;

import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.net.Family;
import io.leasehold.server.metric.PacketCounter;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;

/** Names of counters, made once. */
public final class MessageCounters {
  public static final String ADVERTISE_SENT = "pkt6-advertise-sent";
  public static final String REPLY_SENT = "pkt6-reply-sent";

  private static final String UNKNOWN = "pkt6-unknown-received";
  private static final String[] RECEIVED = new String[256];
  private static final String[] MALFORMED = new String[MalformedReason.values().length];

  static {
    for (int type = 0; type < RECEIVED.length; type++) {
      RECEIVED[type] =
          Dhcp6MessageType.isKnown(type)
              ? "pkt6-" + Dhcp6MessageType.name(type) + "-received"
              : UNKNOWN;
    }
    RECEIVED[Dhcp6MessageType.INFORMATION_REQUEST] = "pkt6-infrequest-received";
    for (MalformedReason reason : MalformedReason.values()) {
      MALFORMED[reason.ordinal()] = "pkt6-malformed-" + reason.word();
    }
  }

  private MessageCounters() {}

  /** Every counter of packets that this protocol has. */
  public static Stream<String> names() {
    return Stream.of(
            Arrays.stream(PacketCounter.values()).map(counter -> counter.of(Family.IPV6)),
            Arrays.stream(Drop.values()).map(Drop::counter),
            Arrays.stream(RECEIVED).distinct(),
            Arrays.stream(MALFORMED),
            Stream.of(ADVERTISE_SENT, REPLY_SENT))
        .flatMap(Function.identity());
  }

  /** Counts messages of a type that came in. */
  static String received(int type) {
    return RECEIVED[type];
  }

  /** Counts datagrams that were not messages. */
  static String malformed(MalformedReason reason) {
    return MALFORMED[reason.ordinal()];
  }
}
