// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** One failover relationship. May be asked from any thread. */
@ProviderType
public interface FailoverStatus {
  /** Name of the relationship. */
  String name();

  /** Whether this server is the primary. */
  boolean isPrimary();

  /** How this server is in the relationship. */
  Standing standing();

  /** How the partner is by its own word; empty if it has never been heard. */
  Optional<Standing> partner();

  /** What would end the state, a sentence each, with the time if it has one. */
  List<String> waysOut();

  /** The connection. */
  Contact contact();

  /** What the partner has still to hear of. */
  Updates updates();

  /** How pools are divided that are shared by counting; empty until they are counted. */
  List<Share> shares();

  /** Keys of the configuration in which the partner differs. */
  List<String> differences();

  /** Counters by name in kebab case. */
  Map<String, Long> counters();

  /** What wants attention, a sentence each. */
  List<String> alarms();

  /** The latest events, the oldest first, a sentence each. */
  List<Event> events();

  /**
   * A state.
   *
   * @param state as RFC 8156 section 8 names it, {@code PARTNER-DOWN}
   * @param since when it was entered
   * @param why a sentence
   */
  record Standing(String state, Instant since, String why) {}

  /**
   * A connection.
   *
   * @param up whether communications are OK
   * @param skewMillis how far the partner's clock is ahead of ours, by its last message
   * @param lastHeard when the last message came
   * @param mcltSeconds in force
   */
  record Contact(boolean up, long skewMillis, Optional<Instant> lastHeard, long mcltSeconds) {}

  /**
   * Updates of the partner.
   *
   * @param waiting leases that it has to hear of
   * @param unanswered of which it has been told and has not answered
   * @param lastAnswered when it answered last
   */
  record Updates(long waiting, int unanswered, Optional<Instant> lastAnswered) {}

  /**
   * A pool that is shared by counting, as far as this server knows.
   *
   * @param pool its first unit
   * @param units how many there are
   * @param primarys available to the primary
   * @param secondarys available to the secondary
   * @param secondarysWanted how many the secondary should have available
   * @param taken leased, reserved, or waiting until they are available again
   */
  record Share(
      String pool, long units, long primarys, long secondarys, long secondarysWanted, long taken) {}

  /**
   * Something that happened.
   *
   * @param at when
   * @param what a sentence
   */
  record Event(Instant at, String what) {}
}
