// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import io.leasehold.codec.failover.ConnectTerms;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.failover.effect.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What is known of the partner from its connections, also when there is none any more. */
public final class PartnerFacts {
  private final FailoverSettings ours;
  private Optional<ConnectTerms> terms = Optional.empty();
  private OptionalLong lastHeard = OptionalLong.empty();
  private long skewSeconds;

  PartnerFacts(FailoverSettings ours) {
    this.ours = ours;
  }

  void heard(FailoverMessage message, Moment arrived) {
    lastHeard = OptionalLong.of(arrived.wallSeconds());
    compare(message, arrived);
  }

  /** Takes no more than the time from a message that is refused. */
  void compare(FailoverMessage message, Moment arrived) {
    skewSeconds = Judgement.skewSeconds(message, arrived);
  }

  void connected(ConnectTerms agreed) {
    terms = Optional.of(agreed);
  }

  /** What it said of itself last in CONNECT or CONNECTREPLY. */
  public Optional<ConnectTerms> terms() {
    return terms;
  }

  /** How far its clock was ahead by its last message, seconds. */
  public long skewSeconds() {
    return skewSeconds;
  }

  /** Whether it was so far off that times cannot be compared (RFC 8156 section 7.1). */
  public boolean isApart() {
    return Math.abs(skewSeconds) > FailoverMessage.SAME_TIME_SECONDS;
  }

  /** When its last message arrived, seconds since 1970. */
  public OptionalLong lastHeard() {
    return lastHeard;
  }

  /** Keys of the configuration in which it differs. */
  public List<String> differences() {
    List<String> keys = new ArrayList<>();
    terms.ifPresent(
        theirs -> {
          differ(keys, "mclt.seconds", theirs.mcltSeconds(), ours.mcltSeconds());
          differ(keys, "keepalive.seconds", theirs.keepaliveSeconds(), ours.keepaliveSeconds());
          differ(keys, "max.unacked", theirs.maxUnacked(), ours.maxUnacked());
          if (theirs.flags().fixedPrefixLength() != ours.fixedPrefixLength()) {
            keys.add("prefix.fixed.length");
          }
          if (ours.dhcp4() && !theirs.dhcp4()) {
            keys.add("dhcp4");
          }
        });
    return List.copyOf(keys);
  }

  private static void differ(List<String> keys, String key, long theirs, long ours) {
    if (theirs != ours) {
      keys.add(key);
    }
  }
}
