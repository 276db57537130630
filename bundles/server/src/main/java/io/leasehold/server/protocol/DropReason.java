// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

/** Why a datagram is not answered. */
public interface DropReason {
  /** Name of its counter. */
  String counter();

  /** What it means, for people; empty if the counter says all. */
  default String meaning() {
    return "";
  }
}
