// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import io.leasehold.codec.failover.ConnectFlags;
import io.leasehold.codec.failover.ConnectTerms;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.lease.MomentOrder;
import java.util.List;
import java.util.Optional;

/**
 * What CONNECT and CONNECTREPLY are judged by (RFC 8156 sections 6.1.2 and 6.1.3): each question
 * answers with the status of a refusal, or with nothing.
 */
final class Judgement {
  private Judgement() {}

  /** Seconds that the sender's clock is ahead, by one of its messages. */
  static long skewSeconds(FailoverMessage message, Moment arrived) {
    return message.sentTime().secondsSince(AbsoluteTime.ofUnixSeconds(arrived.wallSeconds()));
  }

  /** RFC 8156 section 7.5.1: clocks may be five seconds apart. */
  static Optional<StatusCode> skew(FailoverMessage message, Moment arrived) {
    AbsoluteTime clock = AbsoluteTime.ofUnixSeconds(arrived.wallSeconds());
    if (MomentOrder.of(message.sentTime(), clock) == MomentOrder.SAME) {
      return Optional.empty();
    }
    return status(
        Dhcp6StatusCode.EXCESSIVE_TIME_SKEW,
        "clocks are "
            + Math.abs(skewSeconds(message, arrived))
            + " s apart; 5 s are accepted: set them by NTP");
  }

  /** What every CONNECT and accepting CONNECTREPLY must have and be, in this order. */
  static Optional<StatusCode> form(FailoverMessage message, Moment arrived) {
    return skew(message, arrived).or(() -> missing(message)).or(() -> version(message));
  }

  private static Optional<StatusCode> missing(FailoverMessage message) {
    List<String> missing = ConnectTerms.missing(message.options());
    if (!missing.isEmpty()) {
      return status(Dhcp6StatusCode.UNSPEC_FAIL, "without " + String.join(", ", missing));
    }
    ConnectTerms terms = ConnectTerms.read(message.options());
    if (terms.mcltSeconds() == 0 || terms.keepaliveSeconds() == 0 || terms.maxUnacked() == 0) {
      return status(
          Dhcp6StatusCode.UNSPEC_FAIL, "f-mclt, f-keepalive-time or f-max-unacked-bndupd is 0");
    }
    return Optional.empty();
  }

  private static Optional<StatusCode> version(FailoverMessage message) {
    ConnectTerms terms = ConnectTerms.read(message.options());
    return VersionRange.ACCEPTED.has(terms.version())
        ? Optional.empty()
        : status(
            Dhcp6StatusCode.NOT_SUPPORTED,
            "version " + terms.version() + "; accepted are " + VersionRange.ACCEPTED);
  }

  /** RFC 8156 section 5.5.2: who cuts prefixes of one length only cannot share with others. */
  static Optional<StatusCode> flags(ConnectFlags ours, ConnectFlags partner) {
    return ours.fixedPrefixLength() && !partner.fixedPrefixLength()
        ? status(
            Dhcp6StatusCode.CONFIGURATION_CONFLICT,
            "prefixes of several lengths; this server has prefix.fixed.length = true")
        : Optional.empty();
  }

  static Optional<StatusCode> status(int code, String text) {
    return Optional.of(new StatusCode(code, text));
  }
}
