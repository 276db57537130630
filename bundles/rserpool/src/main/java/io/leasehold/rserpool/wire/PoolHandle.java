// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire;

import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;

/**
 * The name of a pool (RFC 5354 section 3.9): any octets, compared as such.
 *
 * @param octets 1 to 255
 */
public record PoolHandle(Bytes octets) implements Parameter, Comparable<PoolHandle> {
  /** Octets of the longest handle that is accepted. */
  public static final int MAX_LENGTH = 255;

  /** How it is read. */
  public static final ParameterFormat<PoolHandle> FORMAT =
      new ParameterFormat<>(ParameterType.POOL_HANDLE, PoolHandle::read);

  /** Refuses other lengths. */
  public PoolHandle {
    if (!isLength(octets.length())) {
      throw new IllegalArgumentException(
          "a pool handle has 1 to " + MAX_LENGTH + " octets, not " + octets.length());
    }
  }

  /** The handle whose octets are the UTF-8 form of a text. */
  public static PoolHandle of(String text) {
    return new PoolHandle(Bytes.ofUtf8(text));
  }

  private static boolean isLength(int length) {
    return length >= 1 && length <= MAX_LENGTH;
  }

  private static PoolHandle read(Tlv tlv) {
    if (!isLength(tlv.value().length())) {
      throw tlv.invalid();
    }
    PoolHandle handle = new PoolHandle(tlv.value().compact());
    tlv.isAbout(handle);
    return handle;
  }

  @Override
  public int type() {
    return ParameterType.POOL_HANDLE;
  }

  @Override
  public int valueLength() {
    return octets.length();
  }

  @Override
  public void writeValue(ByteWriter out) {
    out.bytes(octets);
  }

  /** By the octets, unsigned. */
  @Override
  public int compareTo(PoolHandle other) {
    return octets.compareTo(other.octets);
  }

  /** The text, if it is printable ASCII without spaces; otherwise {@code 0x} and digits. */
  @Override
  public String toString() {
    for (int i = 0; i < octets.length(); i++) {
      if (octets.at(i) <= ' ' || octets.at(i) > '~') {
        return "0x" + octets.toHex();
      }
    }
    return octets.toUtf8();
  }
}
