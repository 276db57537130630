// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

/** The thread of the transport, to which all associations belong, and its time. Any thread. */
interface Turns {
  /** Does something on the thread: at once if this is it. */
  void soon(Runnable task);

  /** Does something on the thread when what it does now is done. */
  void later(Runnable task);

  /** Steady time. */
  long nanos();
}
