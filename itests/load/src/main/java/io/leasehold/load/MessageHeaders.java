// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import java.nio.ByteBuffer;

/**
 * An array of struct mmsghdr, each with one buffer of its own, as sendmmsg(2) and recvmmsg(2) take
 * it; laid out for 64-bit Linux. What does not change between calls is written once.
 */
final class MessageHeaders {
  static final int NAME_OCTETS = 28;
  static final int CONTROL_OCTETS = 64;
  private static final int HEADER = 64;
  private static final int IOVEC = 16;
  private static final int NAME_LENGTH = 8;
  private static final int VECTOR = 16;
  private static final int VECTOR_COUNT = 24;
  private static final int CONTROL = 32;
  private static final int CONTROL_LENGTH = 40;
  private static final int LENGTH = 56;

  final int capacity;
  final int slot;

  /** The messages: number i begins at i * slot. */
  final ByteBuffer data;

  private final NativeBuffer headers;
  private final NativeBuffer vectors;
  private final NativeBuffer names;
  private final NativeBuffer control;

  /**
   * @param capacity messages of one call
   * @param slot octets of the longest message
   */
  MessageHeaders(int capacity, int slot) {
    this.capacity = capacity;
    this.slot = slot;
    NativeBuffer messages = NativeBuffer.messages(capacity * slot);
    data = messages.octets();
    headers = NativeBuffer.structures(capacity * HEADER);
    vectors = NativeBuffer.structures(capacity * IOVEC);
    names = NativeBuffer.structures(capacity * NAME_OCTETS);
    control = NativeBuffer.structures(capacity * CONTROL_OCTETS);
    for (int i = 0; i < capacity; i++) {
      vectors.octets().putLong(i * IOVEC, messages.address() + (long) i * slot);
      setLength(i, slot);
      headers.octets().putLong(i * HEADER + VECTOR, vectors.address() + (long) i * IOVEC);
      headers.octets().putLong(i * HEADER + VECTOR_COUNT, 1);
    }
  }

  long address(int message) {
    return headers.address() + (long) message * HEADER;
  }

  /** Octets of the buffer that are to be sent or may be filled. */
  void setLength(int message, int octets) {
    vectors.octets().putLong(message * IOVEC + 8, octets);
  }

  /** Octets that the kernel has received or sent. */
  int length(int message) {
    return headers.octets().getInt(message * HEADER + LENGTH);
  }

  /** Lets every message have an address. */
  void useNames() {
    for (int i = 0; i < capacity; i++) {
      headers.octets().putLong(i * HEADER, names.address() + (long) i * NAME_OCTETS);
    }
  }

  void setNameLength(int message, int octets) {
    headers.octets().putInt(message * HEADER + NAME_LENGTH, octets);
  }

  void copyName(int message, MessageHeaders from, int source) {
    names
        .octets()
        .put(message * NAME_OCTETS, from.names.octets(), source * NAME_OCTETS, NAME_OCTETS);
    setNameLength(message, from.headers.octets().getInt(source * HEADER + NAME_LENGTH));
  }

  /** Lets every message come with control messages. */
  void useControl() {
    for (int i = 0; i < capacity; i++) {
      headers.octets().putLong(i * HEADER + CONTROL, control.address() + (long) i * CONTROL_OCTETS);
    }
  }

  void resetControl(int message) {
    headers.octets().putLong(message * HEADER + CONTROL_LENGTH, CONTROL_OCTETS);
  }

  /**
   * When the kernel received the message, nanoseconds of the day clock, or 0 if it does not say.
   */
  long stampNanos(int message) {
    int at = message * CONTROL_OCTETS;
    ByteBuffer octets = control.octets();
    if (headers.octets().getLong(message * HEADER + CONTROL_LENGTH) < 32
        || octets.getInt(at + 8) != Libc.SOL_SOCKET
        || octets.getInt(at + 12) != Libc.SO_TIMESTAMPNS) {
      return 0;
    }
    return octets.getLong(at + 16) * 1_000_000_000L + octets.getLong(at + 24);
  }
}
