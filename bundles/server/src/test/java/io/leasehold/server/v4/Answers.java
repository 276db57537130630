// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v4.Dhcp4Options;
import java.util.ArrayList;
import java.util.List;

/** Reads answers in tests, as text that can be compared at a glance. */
public final class Answers {
  private Answers() {}

  /** {@code offer 192.0.2.16 4000}: type, yiaddr and lease time; {@code silence} for null. */
  public static String brief(Dhcp4Message replyOrNull) {
    if (replyOrNull == null) {
      return "silence";
    }
    String seconds =
        replyOrNull.options().first(Dhcp4Options.LEASE_TIME).map(n -> " " + n).orElse("");
    return Dhcp4MessageType.name(replyOrNull.type()) + " " + replyOrNull.yourAddress() + seconds;
  }

  /** The codes of its options, in order. */
  public static List<Integer> codes(Dhcp4Message reply) {
    List<Integer> codes = new ArrayList<>();
    for (Option option : reply.options()) {
      codes.add(option.code());
    }
    return codes;
  }

  /** An option in hexadecimal digits; {@code -} if it is not there. */
  public static String hex(Dhcp4Message reply, int code) {
    return reply.options().raw(code).map(value -> value.toHex()).orElse("-");
  }
}
