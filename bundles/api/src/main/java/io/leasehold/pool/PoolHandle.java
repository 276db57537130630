// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool;

import io.leasehold.net.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Names a pool (RFC 5354 section 3.9): octets that are compared as they are. Ordered by them.
 *
 * @param octets 1 to 255 of them
 */
public record PoolHandle(Bytes octets) implements Comparable<PoolHandle> {
  private static final int MOST_OCTETS = 255;
  private static final String ESCAPE = "\\x";
  private static final int ESCAPE_LENGTH = 4;

  /** Refuses an empty one and one that is too long. */
  public PoolHandle {
    if (octets.isEmpty() || octets.length() > MOST_OCTETS) {
      throw new IllegalArgumentException("a pool has a name of 1 to 255 octets");
    }
  }

  /**
   * As operators write it: UTF-8, and {@code \x00} for an octet that cannot be written.
   *
   * @throws IllegalArgumentException if that is no handle; the message says what is accepted
   */
  public static PoolHandle ofText(String text) {
    ByteBuffer octets = ByteBuffer.allocate(text.getBytes(StandardCharsets.UTF_8).length);
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith(ESCAPE, at)) {
        octets.put(escaped(text, at));
        at += ESCAPE_LENGTH;
      } else {
        int next = text.indexOf(ESCAPE, at);
        int end = next < 0 ? text.length() : next;
        octets.put(text.substring(at, end).getBytes(StandardCharsets.UTF_8));
        at = end;
      }
    }
    return new PoolHandle(Bytes.copyOf(octets.flip()));
  }

  private static byte escaped(String text, int at) {
    if (at + ESCAPE_LENGTH > text.length()) {
      throw new IllegalArgumentException("in a pool's name \\x is followed by two hex digits");
    }
    String digits = text.substring(at + ESCAPE.length(), at + ESCAPE_LENGTH);
    if (!digits.matches("[0-9a-fA-F]{2}")) {
      throw new IllegalArgumentException("in a pool's name \\x is followed by two hex digits");
    }
    return (byte) Integer.parseInt(digits, 16);
  }

  @Override
  public int compareTo(PoolHandle other) {
    return octets.compareTo(other.octets);
  }

  /**
   * As {@link #ofText} reads it: visible characters of ASCII but the backslash as they are, all
   * other octets as {@code \x00}. Safe to log.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(octets.length());
    for (int i = 0; i < octets.length(); i++) {
      int octet = octets.at(i);
      if (octet > ' ' && octet < 0x7f && octet != '\\') {
        text.append((char) octet);
      } else {
        text.append(ESCAPE).append(Bytes.of(octet).toHex());
      }
    }
    return text.toString();
  }
}
