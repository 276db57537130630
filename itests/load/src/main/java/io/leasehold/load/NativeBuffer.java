// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory that the kernel is told the address of.
 *
 * @param octets the memory; absolute access only
 * @param address where it begins
 */
record NativeBuffer(ByteBuffer octets, long address) {
  private static final int LINE = 64;

  /** Zeroed memory for structures of the kernel, in the order of this machine. */
  static NativeBuffer structures(int length) {
    return of(length, ByteOrder.nativeOrder());
  }

  /** Zeroed memory for messages, in the order of the network. */
  static NativeBuffer messages(int length) {
    return of(length, ByteOrder.BIG_ENDIAN);
  }

  private static NativeBuffer of(int length, ByteOrder order) {
    ByteBuffer aligned = ByteBuffer.allocateDirect(length + LINE).alignedSlice(LINE);
    return new NativeBuffer(
        aligned.order(order), Pointer.nativeValue(Native.getDirectBufferPointer(aligned)));
  }
}
