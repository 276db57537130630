// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import io.leasehold.pool.PoolHandle;
import io.leasehold.pool.PoolView;
import io.leasehold.security.Assurance;
import java.time.Instant;

/**
 * What is known of a pool: as it is shown, and as it is used. Any thread.
 *
 * @param view for people and those who follow
 * @param selection for clients
 */
record Known(PoolView view, MemberSelection selection) {
  /** Nothing. */
  static Known nothing(PoolHandle handle, Instant now) {
    return new Known(PoolView.unknown(handle, now), MemberSelection.NOBODY);
  }

  /** What was known when it was stored. */
  static Known stored(PoolHandle handle, MemberSelection selection, Instant then) {
    return new Known(
        new PoolView(
            handle,
            PoolView.State.STALE,
            selection.policy(),
            selection.members(),
            then,
            Assurance.NONE),
        selection);
  }

  /** What a registrar has told just now. */
  Known learned(MemberSelection told, Assurance assurance, Instant now) {
    boolean same = view.state() == PoolView.State.CURRENT;
    return new Known(
        new PoolView(
            view.handle(),
            PoolView.State.CURRENT,
            told.policy(),
            told.members(),
            same ? view.since() : now,
            assurance),
        told);
  }

  /** Only these are left of it. */
  Known reducedTo(MemberSelection left) {
    return new Known(
        new PoolView(
            view.handle(),
            view.state(),
            left.policy(),
            left.members(),
            view.since(),
            view.assurance()),
        left);
  }

  /** The same, of which nobody says any more that it is so. */
  Known stale(Instant now) {
    return new Known(
        new PoolView(
            view.handle(),
            PoolView.State.STALE,
            view.policy(),
            view.members(),
            now,
            view.assurance()),
        selection);
  }
}
