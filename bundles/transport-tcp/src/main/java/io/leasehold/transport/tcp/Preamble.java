// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.hop.Application;
import io.leasehold.net.Bytes;
import java.nio.ByteBuffer;

/**
 * What is said on a connection before its channel begins. A listener tells TLS from a message by
 * the first octet: before the peer is known no message is as long as 0x1600 octets, so none begins
 * with the type of a handshake record. Nothing that came in clear is kept when TLS begins: any
 * octet between the question for TLS and the first record ends the connection (RFC 9325 section
 * 3.2). One thread.
 */
final class Preamble {
  /** What is to be done. */
  enum Step {
    /** Send {@link #reply} if there is one, and wait for more. */
    WAIT,
    /** Go on with the channel; the octets that are left belong to it. */
    BEGIN,
    /** Send {@link #reply} if there is one, and close. */
    FAIL
  }

  private enum State {
    /** A listener that protects has heard nothing. */
    PROTECTED,
    /** A listener that protects after a question only has heard nothing. */
    UNASKED,
    /** A listener in clear has heard nothing. */
    CLEAR,
    /** TLS was granted. */
    GRANTED,
    /** TLS was asked for. */
    ASKED
  }

  private static final int HANDSHAKE_RECORD = 0x16;

  /** Octets of the longest message before the peer is known. */
  static final int MOST_OCTETS = 0x15ff;

  private final Application application;
  private final Frames frames;
  private State state;
  private Bytes request = Bytes.EMPTY;
  private Bytes reply = Bytes.EMPTY;
  private Bytes first = Bytes.EMPTY;
  private Ending ending = Ending.FIRST_OCTETS;
  private String failure = "";

  private Preamble(Application application, State state) {
    this.application = application;
    this.frames = new Frames(application.framing(), MOST_OCTETS);
    this.state = state;
  }

  /** Of a listener; whether its channel protects or is in clear. */
  static Preamble listening(Application application, boolean clear) {
    return new Preamble(application, clear ? State.CLEAR : State.PROTECTED);
  }

  /** Of a listener that begins TLS only when it is asked to (RFC 7653 section 9.1). */
  static Preamble awaitingQuestion(Application application) {
    return new Preamble(application, State.UNASKED);
  }

  /** Of a connection that asks for TLS; {@link #reply} is the question. */
  static Preamble asking(Application application, int transactionId) {
    Preamble preamble = new Preamble(application, State.ASKED);
    preamble.request = StartTls.request(application, transactionId);
    preamble.reply = preamble.request;
    return preamble;
  }

  /** Takes octets that came. */
  Step take(ByteBuffer in) {
    if (!in.hasRemaining()) {
      return Step.WAIT;
    }
    boolean record = in.get(in.position()) == HANDSHAKE_RECORD && !frames.isPartial();
    switch (state) {
      case GRANTED:
        return record ? Step.BEGIN : fail(Ending.FIRST_OCTETS, "octets in clear after STARTTLS");
      case PROTECTED:
        if (!record && !application.hasStartTls()) {
          return told(Bytes.EMPTY); // nothing that it could say would begin TLS
        }
        return record ? Step.BEGIN : message(in);
      case UNASKED:
        return record
            ? fail(Ending.FIRST_OCTETS, "the peer begins TLS without STARTTLS")
            : message(in);
      case CLEAR:
        return record
            ? fail(Ending.FIRST_OCTETS, "the peer begins TLS, and the channel is in clear")
            : message(in);
      default:
        return message(in);
    }
  }

  private Step message(ByteBuffer in) {
    Bytes message = frames.next(in);
    if (frames.isInvalid()) {
      return fail(Ending.FIRST_OCTETS, "the first message has an impossible length");
    }
    if (message == null) {
      return Step.WAIT;
    }
    if (state == State.ASKED) {
      return answered(message, in.hasRemaining());
    }
    return StartTls.isRequest(application, message)
        ? asked(message, in.hasRemaining())
        : told(message);
  }

  private Step asked(Bytes message, boolean more) {
    boolean granted = state != State.CLEAR;
    if (granted && more) {
      return fail(Ending.FIRST_OCTETS, "octets in clear after STARTTLS");
    }
    reply = StartTls.answer(application, message, granted);
    if (!granted) {
      return fail(Ending.STARTTLS_REFUSED, "the peer asks for TLS, and the channel is in clear");
    }
    state = State.GRANTED;
    return Step.WAIT;
  }

  private Step told(Bytes message) {
    if (state != State.CLEAR) {
      return fail(Ending.FIRST_OCTETS, "the first octets are neither TLS nor STARTTLS");
    }
    first = message;
    return Step.BEGIN;
  }

  private Step answered(Bytes answer, boolean more) {
    if (!StartTls.isAcceptance(application, request, answer)) {
      return fail(Ending.STARTTLS_REFUSED, "the peer refuses TLS");
    }
    return more ? fail(Ending.FIRST_OCTETS, "octets in clear after STARTTLS") : Step.BEGIN;
  }

  private Step fail(Ending why, String text) {
    ending = why;
    failure = text;
    return Step.FAIL;
  }

  /** A message to be sent in clear; empty if there is none. Taken once. */
  Bytes reply() {
    Bytes taken = reply;
    reply = Bytes.EMPTY;
    return taken;
  }

  /** The first message of a connection in clear, whole already; empty if there is none. */
  Bytes first() {
    return first;
  }

  /** Why it failed. */
  Ending ending() {
    return ending;
  }

  /** Why it failed, for people. */
  String failure() {
    return failure;
  }
}
