// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

/** Units whose bookkeeping has memory outside the heap. */
interface OffHeapUnits {
  /** Gives the memory back; the units are not used any more. */
  void release();
}
