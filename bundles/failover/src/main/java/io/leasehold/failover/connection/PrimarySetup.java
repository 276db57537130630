// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import io.leasehold.codec.failover.ConnectTerms;
import io.leasehold.codec.failover.FailoverFrame;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.effect.Moment;
import java.util.Optional;

/**
 * The primary's side of CONNECT (RFC 8156 sections 6.1.1 and 6.1.3).
 *
 * @param line the connection
 * @param id of the CONNECT
 * @param terms that it says
 * @param deadline when no answer is waited for any more
 */
record PrimarySetup(Line line, int id, ConnectTerms terms, long deadline) implements Setup {
  /** Sends CONNECT. */
  static PrimarySetup begin(Line line, ConnectTerms terms, String relationship, Moment now) {
    int id = line.send(Dhcp6MessageType.CONNECT, terms.toOptions(Optional.of(relationship)), now);
    return new PrimarySetup(line, id, terms, now.deadline(SECONDS));
  }

  @Override
  public Optional<String> refusal(FailoverFrame frame, Moment arrived) {
    String name = Dhcp6MessageType.name(frame.type());
    if (!(frame instanceof FailoverMessage message)
        || frame.type() != Dhcp6MessageType.CONNECTREPLY
            && frame.type() != Dhcp6MessageType.DISCONNECT) {
      return Optional.of("the partner says " + name + " before it has answered CONNECT");
    }
    Optional<StatusCode> status = message.options().first(Dhcp6Options.STATUS_CODE);
    if (message.type() == Dhcp6MessageType.DISCONNECT
        || status.isPresent() && status.get().code() != Dhcp6StatusCode.SUCCESS) {
      return Optional.of("the partner refuses CONNECT" + Line.says(status));
    }
    Optional<StatusCode> violation = judge(message, arrived);
    violation.ifPresent(why -> line.disconnect(why, arrived));
    if (violation.isEmpty()) {
      line.settled(id);
    }
    return violation.map(why -> "the partner's CONNECTREPLY is refused" + Line.says(violation));
  }

  private Optional<StatusCode> judge(FailoverMessage reply, Moment arrived) {
    if (reply.transactionId() != id) {
      return Judgement.status(
          Dhcp6StatusCode.UNSPEC_FAIL, "CONNECTREPLY with another id than CONNECT");
    }
    return Judgement.form(reply, arrived).or(() -> judge(ConnectTerms.read(reply.options())));
  }

  private Optional<StatusCode> judge(ConnectTerms partner) {
    if (partner.mcltSeconds() != terms.mcltSeconds()) {
      return Judgement.status(
          Dhcp6StatusCode.CONFIGURATION_CONFLICT,
          "MCLT " + partner.mcltSeconds() + " s in answer to " + terms.mcltSeconds() + " s");
    }
    return Judgement.flags(terms.flags(), partner.flags());
  }

  @Override
  public void giveUp(String why, Moment now) {
    line.close(why);
  }
}
