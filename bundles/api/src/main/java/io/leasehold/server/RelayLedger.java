// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Relay agents as the server sees them. Methods may be called from any thread. */
@ProviderType
public interface RelayLedger {
  /** Those that have spoken to the server since it started, refused ones first. */
  List<RelaySeen> relays();

  /** What is said of a relay agent that spoke without being let in: the policy in one word. */
  String policy();
}
