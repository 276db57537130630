// SPDX-License-Identifier: Apache-2.0
package io.leasehold.probe;

import io.leasehold.net.Ipv6;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Finds out whether a host uses an address (RFC 2131 section 2.2). All methods may be called from
 * any thread and do not block.
 */
@ConsumerType
public interface AddressProbe {
  /** Name for operators, for example {@code icmp}. */
  String name();

  /**
   * Asks the network once.
   *
   * @param address the address; an IPv4 address is mapped
   * @param patience how long to wait for an answer
   * @return completes within the patience, on any thread: true if somebody answered; false if
   *     nobody did, or if the question could not be put, which is counted. Questions that are open
   *     at a time are bounded; those beyond complete with false at once.
   */
  CompletionStage<Boolean> isInUse(Ipv6 address, Duration patience);

  /** What keeps it from probing, each a sentence; empty if nothing does. */
  List<String> alarms();

  /** Counters by name in kebab case, beginning with the name of the probe. */
  Map<String, Long> counters();
}
