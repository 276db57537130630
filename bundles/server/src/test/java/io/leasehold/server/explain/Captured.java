// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.explain;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.server.Decision;
import io.leasehold.server.Decision.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/** Wants to know everything, and keeps it. */
public final class Captured implements Recording.Audience {
  public final List<Decision> decisions = new ArrayList<>();

  @Override
  public boolean wants(
      Collection<Bytes> clients, Collection<Ipv6> relays, OptionalLong transactionId) {
    return true;
  }

  @Override
  public void take(Recording.Subject subject, Decision decision) {
    decisions.add(decision);
  }

  /** Listens to one message. */
  public Recording listener(boolean trial) {
    return new Recording(this, Instant.EPOCH, Ipv6.ofText("fe80::a"), trial);
  }

  /** The last decision. */
  public Decision last() {
    return decisions.get(decisions.size() - 1);
  }

  /** What the last decision says about something, with the reasons. */
  public List<String> about(Topic topic) {
    return last().steps().stream()
        .filter(step -> step.topic() == topic)
        .map(step -> step.why().isEmpty() ? step.what() : step.what() + ": " + step.why())
        .toList();
  }

  /** What became of the options by the last decision: {@code code level fate}. */
  public List<String> fates() {
    return last().options().stream()
        .map(
            fate ->
                (fate.code() + " " + fate.level() + " " + fate.fate().word()).replace("  ", " "))
        .toList();
  }
}
