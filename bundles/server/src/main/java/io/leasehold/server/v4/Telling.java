// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.server.answer.AnswerText;
import io.leasehold.server.explain.AnswerFacts;
import io.leasehold.server.protocol.Outcome;
import io.leasehold.server.v4.intake.Dhcp4Request;
import java.util.List;

/** What there is to tell of an answer to somebody who listens. */
final class Telling {
  private Telling() {}

  /**
   * What is said.
   *
   * @param drafted before interceptors saw it
   * @param sent after that
   * @param leftOut codes of options that had no room
   */
  static void answered(
      Dhcp4Request request,
      Dhcp4Message drafted,
      Dhcp4Message sent,
      List<Integer> leftOut,
      Outcome outcome) {
    Options options = sent.options();
    request
        .explanation()
        .answered(
            new AnswerFacts(
                Dhcp4MessageType.name(sent.type()) + AnswerText.to(outcome),
                AnswerText.after(outcome),
                drafted.options(),
                options,
                leftOut,
                outcome.replyOrNull(),
                new AnswerFacts.Terms(
                    request.requested(),
                    ReplyOptions::isOurs,
                    number -> Vendors.CARRIER.inside(options, number))));
  }
}
