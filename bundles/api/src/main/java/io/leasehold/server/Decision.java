// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import io.leasehold.codec.option.OptionSpace;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What the server decided about one message of a client, and why. It names the client in clear: it
 * is for who asked about this client, and for no log.
 *
 * @param number grows from one decision to the next
 * @param at when the message came
 * @param family of which protocol it is
 * @param message its type as people call it; empty if it could not be read
 * @param transactionId its transaction, unsigned; 0 if it could not be read
 * @param steps what was decided, in order; the last one is the answer or why there is none
 * @param options what became of each option that the plan has for the client or the client asked
 *     for; empty if it never came to that
 * @param query the datagram as it came, Relay-forward messages included
 * @param answer the datagram that goes back; empty if nothing is said
 */
public record Decision(
    long number,
    Instant at,
    Family family,
    String message,
    long transactionId,
    List<Step> steps,
    List<OptionFate> options,
    Bytes query,
    Bytes answer) {
  /** Copies the lists. */
  public Decision {
    steps = List.copyOf(steps);
    options = List.copyOf(options);
  }

  /** What a step is about. */
  public enum Topic {
    /** The message itself: type and way. */
    MESSAGE,
    /** Who sent it. */
    CLIENT,
    /** The subnet, and by which sign of the message the plan knows it. */
    SUBNET,
    /** A class of clients. */
    CLASS,
    /** What the plan reserves for the client. */
    RESERVATION,
    /** An address or prefix. */
    LEASE,
    /** Something an interceptor did. */
    INTERCEPTOR,
    /** What is said. */
    ANSWER,
    /** Why nothing is said. */
    DROP;

    /** As people read it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One thing that was decided.
   *
   * @param topic what it is about
   * @param what what was decided
   * @param why the reason; empty if there is nothing to say
   */
  public record Step(Topic topic, String what, String why) {}

  /** What became of an option. */
  public enum Fate {
    /** It is in the answer, with the value of the plan unless the reason says otherwise. */
    SENT,
    /** The client did not ask for it, and the plan does not want it sent always. */
    NOT_REQUESTED,
    /** A level nearer to the client has another value. */
    OVERRIDDEN,
    /** The answer had no room for it. */
    TOO_BIG,
    /** The plan says that it must not be sent. */
    NEVER_SEND,
    /** The protocol itself decides about it, not the plan. */
    NOT_FOR_PLANS,
    /** It does not belong into this kind of answer. */
    NOT_DUE,
    /** An interceptor took it out of the answer. */
    REMOVED,
    /** The client asked for it, and the plan has none. */
    NOT_CONFIGURED;

    /** As people read it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * What became of one option of one level of the plan.
   *
   * @param space its space
   * @param code its code
   * @param level where the plan has it: {@code host}, {@code pool}, {@code subnet}, {@code global};
   *     empty if the plan does not have it
   * @param fate what became of it
   * @param why the reason; empty if the fate says all
   */
  public record OptionFate(OptionSpace space, int code, String level, Fate fate, String why) {}

  /** Whether nothing is said, and the client might have expected something. */
  public boolean isDropped() {
    return !steps.isEmpty() && steps.get(steps.size() - 1).topic() == Topic.DROP;
  }
}
