// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent;

/** Why a message is not relayed, or what else is counted about it. */
public interface DropReason {
  /** Name of the counter, in kebab case. */
  String counter();
}
