// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.wire.ElementKey;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** A pool element of which this registrar is the home. Of the thread of the registrar. */
final class OwnElement {
  private final ElementKey key;

  /** By what it is reached; null while it is not. */
  Visitor visitor;

  /** Who registered it; null while that is not known because another registrar did it. */
  Holder holder;

  /** When its registration ends. */
  long expires = SessionEvents.NEVER;

  /** When it is given up unless it is reached before. */
  long lost = SessionEvents.NEVER;

  /** When it is asked next; without a meaning while it has to answer. */
  long ask = SessionEvents.NEVER;

  /** Until when it has to answer; never if it has not. */
  long unanswered = SessionEvents.NEVER;

  /** Whether it is still to be told that this registrar is its home. */
  boolean isToldHome;

  /** When it was asked last. */
  OptionalLong asked = OptionalLong.empty();

  /** When it answered last. */
  OptionalLong answered = OptionalLong.empty();

  /** Who said that it is unreachable, and when. */
  final Map<String, Long> reporters = new HashMap<>(0);

  OwnElement(ElementKey key) {
    this.key = key;
  }

  ElementKey key() {
    return key;
  }

  boolean hasToAnswer() {
    return unanswered != SessionEvents.NEVER;
  }

  /** When something is to be done with it. */
  long due() {
    return Math.min(Math.min(expires, lost), hasToAnswer() ? unanswered : ask);
  }
}
