// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.net.Ipv6;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses, or the prefixes of one length, of a pool as a row of numbers from 0, ranges that
 * are kept out left out. Of a pool with more than {@link Long#MAX_VALUE} units the rest has no
 * numbers.
 */
final class UnitSpace {
  /** No units. */
  static final UnitSpace NONE = new UnitSpace(Ipv6.UNSPECIFIED, 0, 0, 0, List.of());

  private final Ipv6 first;
  private final int shift;

  /** Bits that all addresses have as the first one: those that tell a unit from others between. */
  private final long fixed;

  private final long all;
  private final long[] cutFrom;
  private final long[] cutTo;

  /** How many units are cut before each cut. */
  private final long[] cutBefore;

  private final long size;

  /**
   * A row of units.
   *
   * @param first first address of the first unit
   * @param last an address of the last unit
   * @param length prefix length of a unit; 128 for addresses
   * @param cuts ranges of addresses to leave out, each a first and a last one; they may overlap
   *     each other and reach beyond the row
   */
  UnitSpace(Ipv6 first, Ipv6 last, int length, List<Range> cuts) {
    this(first, 128 - length, 0, units(first, last, 128 - length), cuts);
  }

  private UnitSpace(Ipv6 first, int shift, long fixed, long all, List<Range> cuts) {
    this.first = first;
    this.shift = shift;
    this.fixed = fixed;
    this.all = all;
    List<long[]> merged = merge(cuts);
    cutFrom = merged.stream().mapToLong(cut -> cut[0]).toArray();
    cutTo = merged.stream().mapToLong(cut -> cut[1]).toArray();
    cutBefore = new long[cutFrom.length];
    long cut = 0;
    for (int i = 0; i < cutFrom.length; i++) {
      cutBefore[i] = cut;
      cut += cutTo[i] - cutFrom[i];
    }
    size = all - cut;
  }

  /**
   * A row of every second address.
   *
   * @param first the first one
   * @param last not necessarily one of them; before the first one there is none
   */
  static UnitSpace everySecond(Ipv6 first, Ipv6 last) {
    long all = first.compareTo(last) > 0 ? 0 : units(first, last, 1);
    return new UnitSpace(first, 1, 1, all, List.of());
  }

  private static long units(Ipv6 first, Ipv6 last, int shift) {
    long lastUnit = distance(first, last, shift);
    return lastUnit < 0 || lastUnit == Long.MAX_VALUE ? Long.MAX_VALUE : lastUnit + 1;
  }

  /** Addresses from one to another, both included. */
  record Range(Ipv6 first, Ipv6 last) {}

  /** Cuts as unit numbers (from, to exclusive), ascending and disjoint. */
  private List<long[]> merge(List<Range> cuts) {
    List<long[]> sorted = new ArrayList<>();
    for (Range cut : cuts) {
      long from = cut.first().compareTo(first) <= 0 ? 0 : distance(cut.first());
      long last =
          cut.last().compareTo(first) < 0 ? -1 : Math.min(clamp(distance(cut.last())), all - 1);
      if (from >= 0 && from <= last) {
        sorted.add(new long[] {from, last + 1});
      }
    }
    sorted.sort((a, b) -> Long.compare(a[0], b[0]));
    List<long[]> merged = new ArrayList<>();
    for (long[] cut : sorted) {
      long[] before = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (before != null && cut[0] <= before[1]) {
        before[1] = Math.max(before[1], cut[1]);
      } else {
        merged.add(cut);
      }
    }
    return merged;
  }

  private static long clamp(long distance) {
    return distance < 0 ? Long.MAX_VALUE : distance;
  }

  /** How many units there are. */
  long size() {
    return size;
  }

  /** Number of the unit that an address is in; -1 if it is before or behind the row, or cut out. */
  long unitOf(Ipv6 address) {
    if (address.compareTo(first) < 0 || ((address.low() ^ first.low()) & fixed) != 0) {
      return -1;
    }
    long raw = distance(address);
    if (raw < 0 || raw >= all) {
      return -1;
    }
    int cut = lastNotAfter(raw, false);
    if (cut < 0) {
      return raw;
    }
    return raw < cutTo[cut] ? -1 : raw - cutBefore[cut] - (cutTo[cut] - cutFrom[cut]);
  }

  /** First address of a unit. */
  Ipv6 addressOf(long unit) {
    int cut = lastNotAfter(unit, true);
    long raw = cut < 0 ? unit : unit + cutBefore[cut] + (cutTo[cut] - cutFrom[cut]);
    long low = shift < 64 ? raw << shift : 0;
    long high =
        shift == 0 ? 0 : shift < 64 ? raw >>> 64 - shift : shift < 128 ? raw << shift - 64 : 0;
    Ipv6 sum = first.plus(low);
    return new Ipv6(sum.high() + high, sum.low());
  }

  /**
   * The last cut that begins at or before a place, told as a number in the row with or without the
   * cuts; -1 if none does.
   */
  private int lastNotAfter(long place, boolean withoutCuts) {
    int low = -1;
    int high = cutFrom.length - 1;
    while (low < high) {
      int middle = low + high + 1 >> 1;
      long begin = withoutCuts ? cutFrom[middle] - cutBefore[middle] : cutFrom[middle];
      if (begin <= place) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /**
   * How many units an address, not before the first one, is from the beginning; -1 if that is not a
   * positive long.
   */
  private long distance(Ipv6 address) {
    return distance(first, address, shift);
  }

  private static long distance(Ipv6 first, Ipv6 address, int shift) {
    long low = address.low() - first.low();
    long borrow = Long.compareUnsigned(address.low(), first.low()) < 0 ? 1 : 0;
    long high = address.high() - first.high() - borrow;
    if (shift == 128) {
      return 0;
    }
    long units =
        shift == 0 ? low : shift < 64 ? low >>> shift | high << 64 - shift : high >>> shift - 64;
    long beyond = shift < 64 ? high >>> shift : 0;
    return beyond != 0 || units < 0 ? -1 : units;
  }
}
