// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import java.util.Locale;

/** What a pool user counts. */
enum UserCounter {
  /** Handles asked of a registrar, for the first time or again. */
  RESOLUTIONS_SENT,
  /** Those of them that were asked again because T1 had expired (RFC 5352 section 3.7.2). */
  RESOLUTIONS_REPEATED,
  /** Handles that were asked as often as it may be, without an answer. */
  RESOLUTIONS_FAILED,
  /** Answers that say that there is no such pool. */
  RESOLUTIONS_UNKNOWN,
  /** Answers with another error. */
  RESOLUTIONS_REFUSED,
  /** Answers and updates that named members. */
  RESPONSES_TAKEN,
  /** Those of pools that nobody follows. */
  RESPONSES_UNWANTED,
  /** Members named twice in one response; the first counts. */
  MEMBERS_REPEATED,
  /** Reports of members that do not answer. */
  REPORTS_SENT,
  /** Those that came too soon after the one before. */
  REPORTS_HELD_BACK,
  /** Those of a member that was not used, or has left. */
  REPORTS_UNUSED,
  /** Those for which there was no registrar. */
  REPORTS_LOST,
  /** Messages that could not be sent, so that the connection was given up. */
  SEND_FAILURES,
  /** Messages of the home that are none for a pool user. */
  MESSAGES_UNEXPECTED,
  /** Messages that were no longer wanted, because of who they came from. */
  MESSAGES_STRAY,
  /** Messages whose lengths are wrong. */
  MESSAGES_MALFORMED,
  /** Messages of an unknown type. */
  MESSAGES_UNKNOWN,
  /** Messages with a parameter or a value that must not be. */
  MESSAGES_INVALID,
  /** Errors that the home has told. */
  ERRORS_HEARD,
  /** Clients of one member that became another one's. */
  FAILOVERS,
  /** Faults of those who follow pools. */
  LISTENER_FAULTS,
  /** Requests for which there was no room. */
  COMMANDS_REFUSED;

  /** Its name for operators. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
