// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.explain;

import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.server.Decision.Topic;
import java.util.List;

/**
 * Is told what is decided about one message, and why. This one does not listen, which is the usual
 * case: who would have to compute something in order to tell it asks {@link #isOn} first. Used by
 * one thread at a time, as its message is.
 */
public class Explanation {
  /** Does not listen. */
  public static final Explanation NONE = new Explanation();

  Explanation() {}

  /** Whether anybody wants to know. */
  public boolean isOn() {
    return false;
  }

  /** Whether this is only a trial: nothing may be committed, offered, kept or sent. */
  public boolean isTrial() {
    return false;
  }

  /** A message came in, or is looked at anew from its beginning. */
  public void begin(Family family, Bytes datagram) {}

  /** What can be told of the message as soon as it has been read. */
  public void message(MessageFacts facts) {}

  /**
   * Who sent it; after that nobody listens any more if nobody has asked about this client.
   *
   * @param identifiers by which it may be known
   */
  public void client(List<Bytes> identifiers) {}

  /** Something was decided. */
  public void step(Topic topic, String what, String why) {}

  /** The levels of the plan whose options the client gets, nearest to the client first. */
  public void options(List<OptionLevel> levels) {}

  /** The message is answered. Nothing is told after that. */
  public void answered(AnswerFacts facts) {}

  /** The message is heeded, and no answer is due. Nothing is told after that. */
  public void heeded(String what) {}

  /**
   * The message is not answered. Nothing is told after that.
   *
   * @param counter that has counted it
   * @param why for people; empty if the counter says it
   */
  public void dropped(String counter, String why) {}
}
