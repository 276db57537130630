// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.lease.Lease;
import io.leasehold.net.Prefix;
import io.leasehold.server.Decision.Topic;
import io.leasehold.server.answer.AnswerText;
import io.leasehold.server.explain.AnswerFacts;
import io.leasehold.server.explain.Explanation;
import io.leasehold.server.protocol.Outcome;
import io.leasehold.server.v6.intake.Dhcp6Request;
import io.leasehold.server.v6.intake.IdentityAssociation;
import java.util.List;

/** What there is to tell of an answer to somebody who listens. */
final class Telling {
  private Telling() {}

  /** Which associations get nothing, and what clients are told to stop using. */
  static void answers(Exchange exchange, List<AssociationAnswer> answers) {
    Explanation to = exchange.request().explanation();
    if (!to.isOn()) {
      return;
    }
    for (AssociationAnswer answer : answers) {
      String association = text(answer.association());
      if (answer.statusOrNull() != null) {
        StatusCode status = Dhcp6Options.STATUS_CODE.decode(answer.statusOrNull().value());
        to.step(Topic.LEASE, "nothing for " + association, status.text() + free(exchange, answer));
      }
      for (Prefix gone : answer.invalid()) {
        to.step(
            Topic.LEASE,
            gone + " gets lifetimes of 0",
            "the client named it in " + association + " and cannot have it");
      }
      for (Lease retired : answer.retired()) {
        to.step(
            Topic.LEASE,
            retired.key() + " is no longer the client's",
            "reserved for another client, not in the plan any more, or given way to another one");
      }
    }
  }

  private static String free(Exchange exchange, AssociationAnswer answer) {
    return exchange.knowsLink()
        ? "; units free in the pools of the link: " + exchange.free(answer.association().kind())
        : "; the plan does not know the link";
  }

  private static String text(IdentityAssociation association) {
    return (association.isForPrefixes() ? "ia-pd " : "ia-na ") + association.iaid();
  }

  /**
   * What is said.
   *
   * @param drafted before interceptors saw it
   * @param sent after that
   */
  static void answered(
      Dhcp6Request request,
      ClientServerMessage drafted,
      ClientServerMessage sent,
      Outcome outcome) {
    Options options = sent.options();
    request
        .explanation()
        .answered(
            new AnswerFacts(
                Dhcp6MessageType.name(sent.type()) + AnswerText.to(outcome),
                AnswerText.after(outcome),
                drafted.options(),
                options,
                List.of(),
                outcome.replyOrNull(),
                new AnswerFacts.Terms(
                    request.requested(),
                    ReplyOptions::isOurs,
                    number -> Vendors.CARRIER.inside(options, number))));
  }
}
