// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a received message whose lengths are in order. If there are reports, they are to
 * be sent to its sender as the causes of one Operation Error; there never are any for a message
 * that is itself an error, so that errors are not answered by errors.
 *
 * @param <M> the messages of one protocol
 */
public sealed interface Decoded<M extends PoolMessage> {
  /** Causes to tell the sender; they are views of what was received. */
  List<ErrorCause> reports();

  /** The message has an effect; reports are about parameters that were skipped. */
  record Accepted<M extends PoolMessage>(M message, List<ErrorCause> reports)
      implements Decoded<M> {
    /** Keeps the reports. */
    public Accepted {
      Objects.requireNonNull(message);
      reports = List.copyOf(reports);
    }
  }

  /**
   * Nothing of the message has an effect; it is counted by its reason.
   *
   * @param type of the message, 0 to 255
   * @param subject the pool element that it is about, if that was read: who must answer each
   *     registration can
   */
  record Discarded<M extends PoolMessage>(
      int type, Reason reason, List<ErrorCause> reports, Optional<ElementKey> subject)
      implements Decoded<M> {
    /** Keeps the reports. */
    public Discarded {
      Objects.requireNonNull(reason);
      Objects.requireNonNull(subject);
      reports = List.copyOf(reports);
    }
  }

  /** Why a message is discarded. */
  enum Reason {
    /** RFC 5354 section 4: its type is unknown. */
    UNKNOWN_MESSAGE("unknown-message"),
    /** RFC 5354 section 3: it has an unknown parameter that must not be skipped. */
    UNKNOWN_PARAMETER("unknown-parameter"),
    /** RFC 5354 section 3.12.4: a value, or a parameter in that place, that must not be. */
    INVALID_VALUES("invalid-values");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    /** The stable lower-case word, fit for the name of a counter. */
    public String word() {
      return word;
    }
  }
}
