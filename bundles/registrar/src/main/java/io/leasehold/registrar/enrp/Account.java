// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import io.leasehold.rserpool.session.SessionEvents;
import java.util.OptionalInt;

/**
 * What a peer says of the pool elements that it owns, against what is known of them here (RFC 5353
 * section 3.6). Of the thread of the registrar.
 */
final class Account {
  /** The checksum that it told last. */
  OptionalInt told = OptionalInt.empty();

  /** How many of its presences have differed in a row. */
  int differing;

  /** When its account is asked for, if it still differs. */
  long due = SessionEvents.NEVER;

  /** Before which it is not asked again. */
  long earliest = Long.MIN_VALUE;

  /** How often it was read since both were equal. */
  int readings;

  /** The reading that is under way; null if there is none. */
  Reading reading;

  /** When the next page must be there. */
  long pageDue = SessionEvents.NEVER;
}
