// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import io.leasehold.net.Bytes;
import io.leasehold.registrar.core.Agenda;
import io.leasehold.registrar.core.Notebook;
import io.leasehold.rserpool.wire.PoolHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Pool users that are told of changes of a pool (RFC 5352 section 2.2.5). One who cannot be told is
 * told later, and then how the pool is by that time. A pool without members has subscribers as any
 * other, so that they hear of the first one. Of the thread of the registrar.
 */
final class Subscriptions {
  private final Listing listing;
  private final Post post;
  private final Notebook notebook;
  private final AsapSettings settings;
  private final Map<PoolHandle, Watch> watches = new HashMap<>();
  private final Agenda<PoolHandle> agenda = new Agenda<>();

  private static final class Watch {
    final Map<Visitor, OptionalLong> subscribers = new LinkedHashMap<>();
    final List<Visitor> untold = new ArrayList<>();
    long next;
  }

  Subscriptions(Listing listing, Post post, Notebook notebook, AsapSettings settings) {
    this.listing = listing;
    this.post = post;
    this.notebook = notebook;
    this.settings = settings;
  }

  /** Whether changes will be told to somebody. */
  boolean subscribe(Visitor visitor, PoolHandle pool, OptionalLong items, long now) {
    if (!visitor.watched.contains(pool) && visitor.watched.size() >= settings.subscriptions()) {
      return false;
    }
    visitor.watched.add(pool);
    watches
        .computeIfAbsent(
            pool,
            name -> {
              Watch watch = new Watch();
              watch.next = now;
              return watch;
            })
        .subscribers
        .put(visitor, items);
    return true;
  }

  /** Who asks without wanting to be told is told no longer. */
  void unsubscribe(Visitor visitor, PoolHandle pool) {
    if (visitor.watched.remove(pool)) {
      Watch watch = watches.get(pool);
      watch.subscribers.remove(visitor);
      watch.untold.remove(visitor);
      if (watch.subscribers.isEmpty()) {
        watches.remove(pool);
        agenda.remove(pool);
      }
    }
  }

  /** Somebody is gone. */
  void forget(Visitor visitor) {
    List.copyOf(visitor.watched).forEach(pool -> unsubscribe(visitor, pool));
  }

  /** A pool has changed; what changes soon after is told with it. */
  void changed(PoolHandle pool, long now) {
    Watch watch = watches.get(pool);
    if (watch != null) {
      watch.untold.clear();
      watch.untold.addAll(watch.subscribers.keySet());
      agenda.set(pool, Math.max(now, watch.next));
    }
  }

  /** Tells what is to be told. */
  void tell(long now) {
    agenda.take(now).ifPresent(pool -> tell(pool, watches.get(pool), now));
  }

  private void tell(PoolHandle pool, Watch watch, long now) {
    Map<OptionalLong, Bytes> shared = new HashMap<>();
    List<Visitor> late = new ArrayList<>();
    for (Visitor each : watch.untold) {
      OptionalLong items = watch.subscribers.get(each);
      Bytes message =
          listing.isSameForAll(pool)
              ? shared.computeIfAbsent(items, any -> listing.answer(pool, items, true).encode())
              : listing.answer(pool, items, true).encode();
      if (post.send(each, message)) {
        notebook.count(AsapCount.UPDATES_SENT);
      } else {
        late.add(each);
      }
    }
    watch.untold.clear();
    watch.untold.addAll(late);
    watch.next = now + settings.timers().update();
    if (!late.isEmpty()) {
      agenda.set(pool, watch.next);
    }
  }

  /** How many are told of changes of a pool. */
  int subscribers(PoolHandle pool) {
    Watch watch = watches.get(pool);
    return watch == null ? 0 : watch.subscribers.size();
  }

  long deadline() {
    return agenda.earliest();
  }
}
