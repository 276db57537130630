// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.lease.LeaseChange;
import io.leasehold.server.protocol.ProbeWish;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one turn of a lane came to. Filled by the lane, then read by its driver; one thread at a
 * time.
 */
public final class Turn {
  private final List<Reply> immediate = new ArrayList<>();
  private final List<Reply> whenDurable = new ArrayList<>();
  private final List<ProbeWish> probes = new ArrayList<>(0);
  private final List<Runnable> afterwards = new ArrayList<>(0);
  private final Map<Object, LeaseChange> changes = new LinkedHashMap<>();

  /**
   * Takes the outcome of one request. A later change of a lease replaces an earlier one of the same
   * turn.
   */
  void add(Reply reply, List<LeaseChange> made) {
    for (int i = 0; i < made.size(); i++) {
      changes.put(made.get(i).key(), made.get(i));
    }
    if (reply != null) {
      // RFC 8415 18.3.2: what a Reply promises is recorded first.
      (made.isEmpty() ? immediate : whenDurable).add(reply);
    }
  }

  /** Takes changes that nobody waits for. */
  void add(List<LeaseChange> made) {
    add(null, made);
  }

  /** Takes what is to be done when its changes are durable; null for nothing. */
  void afterwards(Runnable whatOrNull) {
    if (whatOrNull != null) {
      afterwards.add(whatOrNull);
    }
  }

  /** To be done when {@link #changes()} are durable. */
  public List<Runnable> afterwards() {
    return afterwards;
  }

  /** Takes a probe to be started. */
  void add(ProbeWish probe) {
    probes.add(probe);
  }

  /** Probes to be started; {@link Lane#probed} wants to know what they find. */
  public List<ProbeWish> probes() {
    return probes;
  }

  /** Replies that promise nothing and go at once. */
  public List<Reply> immediate() {
    return immediate;
  }

  /** Replies that go when {@link #changes()} are durable, and not at all if they never are. */
  public List<Reply> whenDurable() {
    return whenDurable;
  }

  /** What must become durable, at most one change of each lease. */
  public List<LeaseChange> changes() {
    return List.copyOf(changes.values());
  }
}
