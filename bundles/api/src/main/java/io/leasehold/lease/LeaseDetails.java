// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import io.leasehold.net.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Further facts of a lease, each a tag and a value. Tags that this release does not know are kept
 * and written back, so that a store may be read by an older release after a newer one.
 *
 * @param items in ascending order of tag, each tag at most once
 */
public record LeaseDetails(List<Item> items) {
  /** Hardware type (two octets) and link-layer address of the client. */
  public static final int HARDWARE_ADDRESS = 1;

  /** Host name, in UTF-8. */
  public static final int HOSTNAME = 2;

  /** Relay identifier (RFC 5460 section 5.4.1); kept only where configured. */
  public static final int RELAY_ID = 3;

  /** Remote identifier (RFC 4649); kept only where configured. */
  public static final int REMOTE_ID = 4;

  /** What a failover relationship keeps with a lease (RFC 8156 section 7.3); not the server's. */
  public static final int FAILOVER = 5;

  /** No facts. */
  public static final LeaseDetails NONE = new LeaseDetails(List.of());

  /**
   * One fact.
   *
   * @param tag 1 to 65535
   * @param value at most 65535 octets
   */
  public record Item(int tag, Bytes value) {
    /** Rejects what cannot be stored. */
    public Item {
      if (tag < 1 || tag > 0xffff || value.length() > 0xffff) {
        throw new IllegalArgumentException("tag " + tag + ", " + value.length() + " octets");
      }
    }
  }

  /** Checks the order. */
  public LeaseDetails {
    items = List.copyOf(items);
    for (int i = 1; i < items.size(); i++) {
      if (items.get(i - 1).tag() >= items.get(i).tag()) {
        throw new IllegalArgumentException("tags are not in ascending order: " + items);
      }
    }
  }

  /** The value of a tag. */
  public Optional<Bytes> get(int tag) {
    int at = place(tag);
    return has(at, tag) ? Optional.of(items.get(at).value()) : Optional.empty();
  }

  /** Where a tag stands or would stand. */
  private int place(int tag) {
    int at = 0;
    while (at < items.size() && items.get(at).tag() < tag) {
      at++;
    }
    return at;
  }

  private boolean has(int at, int tag) {
    return at < items.size() && items.get(at).tag() == tag;
  }

  /** The same facts with one set anew. */
  public LeaseDetails with(int tag, Bytes value) {
    Item item = new Item(tag, value);
    if (items.isEmpty()) {
      return new LeaseDetails(List.of(item));
    }
    List<Item> changed = new ArrayList<>(items.size() + 1);
    changed.addAll(items);
    int at = place(tag);
    if (has(at, tag)) {
      changed.set(at, item);
    } else {
      changed.add(at, item);
    }
    return new LeaseDetails(changed);
  }

  /** The same facts without one. */
  public LeaseDetails without(int tag) {
    return get(tag).isEmpty()
        ? this
        : new LeaseDetails(items.stream().filter(i -> i.tag() != tag).toList());
  }
}
