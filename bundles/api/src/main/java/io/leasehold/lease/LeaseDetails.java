// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import io.leasehold.net.Bytes;
import java.util.ArrayList;
import java.util.Collections;
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
    for (Item item : items) {
      if (item.tag() == tag) {
        return Optional.of(item.value());
      }
    }
    return Optional.empty();
  }

  /** The same facts with one set anew. */
  public LeaseDetails with(int tag, Bytes value) {
    List<Item> changed = new ArrayList<>(without(tag).items);
    int at = Collections.binarySearch(changed.stream().map(Item::tag).toList(), tag);
    changed.add(-at - 1, new Item(tag, value));
    return new LeaseDetails(changed);
  }

  /** The same facts without one. */
  public LeaseDetails without(int tag) {
    return get(tag).isEmpty()
        ? this
        : new LeaseDetails(items.stream().filter(i -> i.tag() != tag).toList());
  }
}
