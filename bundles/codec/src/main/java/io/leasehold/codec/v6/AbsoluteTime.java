// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;
import java.time.Instant;

/**
 * A moment in a DHCPv6 option: seconds since 2000-01-01 00:00:00 UTC modulo 2^32 (RFC 7653 section
 * 6.3.1, RFC 8156 section 5.5). It wraps in 2136, so moments are compared by what is between them:
 * less than half of the circle, 68 years.
 *
 * @param seconds unsigned 32 bits
 */
public record AbsoluteTime(long seconds) {
  /** What Unix calls the first moment. */
  public static final long EPOCH_UNIX_SECONDS = 946_684_800L;

  /** How far ahead of now a moment can be and still be told from one in the past. */
  public static final long MOST_AHEAD_SECONDS = Integer.MAX_VALUE;

  private static final long MASK = 0xffff_ffffL;

  /** Refuses a number that does not fit 32 bits. */
  public AbsoluteTime {
    Lifetimes.check(seconds);
  }

  /** A moment that Unix counts from 1970, in seconds. */
  public static AbsoluteTime ofUnixSeconds(long unixSeconds) {
    return new AbsoluteTime(unixSeconds - EPOCH_UNIX_SECONDS & MASK);
  }

  /** The same; a moment too far ahead of now becomes the last one that is not. */
  public static AbsoluteTime ofUnixSeconds(long unixSeconds, long nowUnixSeconds) {
    return ofUnixSeconds(Math.min(unixSeconds, nowUnixSeconds + MOST_AHEAD_SECONDS));
  }

  /** The next four octets. */
  public static AbsoluteTime read(ByteReader in) {
    return new AbsoluteTime(in.u32());
  }

  /** Four octets. */
  public Bytes encode() {
    return new ByteWriter(4).u32(seconds).toBytes();
  }

  /** The moment in Unix' seconds, taken in the turn of the circle that is closest to now. */
  public long unixSeconds(long nowUnixSeconds) {
    return nowUnixSeconds + secondsSince(ofUnixSeconds(nowUnixSeconds));
  }

  /** Seconds from the other moment to this one, negative if this one is earlier. */
  public long secondsSince(AbsoluteTime other) {
    return (int) (seconds - other.seconds);
  }

  /** So many seconds later, or earlier if negative. */
  public AbsoluteTime plus(long moreSeconds) {
    return new AbsoluteTime(seconds + moreSeconds & MASK);
  }

  /** Whether the moments are at most so many seconds apart, whichever is first. */
  public boolean isWithin(long toleranceSeconds, AbsoluteTime other) {
    return Math.abs(secondsSince(other)) <= toleranceSeconds;
  }

  /** The moment in the first turn of the circle, {@code 2027-01-20T16:57:36Z}. */
  @Override
  public String toString() {
    return Instant.ofEpochSecond(EPOCH_UNIX_SECONDS + seconds).toString();
  }
}
