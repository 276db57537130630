// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.dtls;

/** Threads for handshakes, which block. May be used from any thread. */
public interface HandshakePool {
  /** Runs a handshake as soon as a thread is free; false if too many wait already. */
  boolean run(Runnable handshake);

  /** Whether some wait for a thread. */
  boolean isCrowded();
}
