// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

/** Why a datagram is not answered. */
public interface DropReason {
  /** Name of its counter. */
  String counter();
}
