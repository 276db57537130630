// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.server.lease.ComingLinks;
import io.leasehold.server.lease.LeaseTable;
import io.leasehold.server.lease.LinkGround;
import io.leasehold.server.lease.LinkLeases;
import io.leasehold.server.plan.Link;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * How the links of one plan follow those of another on a lane: what takes long is done before the
 * change and after it, a little at a time. Owner: the lane's thread.
 */
public final class Succession {
  private static final int RELEASED_AT_ONCE = 64;

  private final int lane;
  private Regime next;
  private ComingLinks coming;

  /** Links that are served no longer, but have memory. */
  private final Deque<LinkLeases> former = new ArrayDeque<>(0);

  Succession(int lane) {
    this.lane = lane;
  }

  /**
   * Begins to open the links of a regime; what was begun before is given up.
   *
   * @param serving links of the same table that are served meanwhile
   */
  void begin(Regime regime, LinkGround ground, Collection<LinkLeases> serving) {
    abandon();
    List<Link> links =
        regime.plan().links().stream().filter(link -> regime.laneOf(link) == lane).toList();
    next = regime;
    coming = new ComingLinks(links, regime.plan()::of, ground, serving);
  }

  /** Opens a few more links; whether there is little left to do at the change. */
  public boolean goOn() {
    return coming == null || coming.goOn();
  }

  void abandon() {
    if (coming != null) {
      coming.abandon();
    }
    next = null;
    coming = null;
  }

  boolean isReadyFor(Regime regime, LeaseTable table) {
    return next == regime && coming.ground().table() == table;
  }

  LinkGround ground() {
    return coming.ground();
  }

  /**
   * The links as the table is now; they take the place of others.
   *
   * @param offering those of them that have the same table
   */
  Map<Link, LinkLeases> change(Collection<LinkLeases> others, Collection<LinkLeases> offering) {
    Map<Link, LinkLeases> opened = coming.finish(offering);
    next = null;
    coming = null;
    former.addAll(others);
    return opened;
  }

  /** Gives back some of the memory of links that were; whether that is all. */
  public boolean releaseSome() {
    for (int n = 0; n < RELEASED_AT_ONCE && !former.isEmpty(); n++) {
      former.remove().release();
    }
    return former.isEmpty();
  }
}
