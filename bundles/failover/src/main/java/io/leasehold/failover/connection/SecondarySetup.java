// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import io.leasehold.codec.failover.ConnectTerms;
import io.leasehold.codec.failover.FailoverFrame;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.FailoverOptions;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.effect.Moment;
import java.util.Optional;

/**
 * The secondary's side of CONNECT (RFC 8156 section 6.1.2): what was said is in order, and is
 * answered when the primary's maximum client lead time is stored.
 *
 * @param line the connection
 * @param id of the CONNECT
 * @param partner what it says
 * @param deadline when it is refused if nothing is stored
 */
record SecondarySetup(Line line, int id, ConnectTerms partner, long deadline) implements Setup {
  /** One of a CONNECT that was judged. */
  static SecondarySetup begin(Line line, FailoverMessage connect, Moment arrived) {
    return new SecondarySetup(
        line,
        connect.transactionId(),
        ConnectTerms.read(connect.options()),
        arrived.deadline(SECONDS));
  }

  /** Why a CONNECT for a relationship is refused, if it is. */
  static Optional<StatusCode> judge(
      FailoverMessage connect, String relationship, ConnectTerms ours, Moment arrived) {
    return Judgement.form(connect, arrived)
        .or(() -> name(connect, relationship))
        .or(() -> Judgement.flags(ours.flags(), ConnectTerms.read(connect.options()).flags()));
  }

  private static Optional<StatusCode> name(FailoverMessage connect, String relationship) {
    return connect
        .options()
        .first(FailoverOptions.RELATIONSHIP_NAME)
        .filter(name -> !name.equals(relationship))
        .map(name -> unknown(Optional.of(name)));
  }

  /** The answer to a relationship that is not there. */
  static StatusCode unknown(Optional<String> name) {
    return new StatusCode(
        Dhcp6StatusCode.CONFIGURATION_CONFLICT,
        name.map(each -> "no relationship " + each + " with this primary")
            .orElse("the name of the relationship is needed"));
  }

  @Override
  public Optional<String> refusal(FailoverFrame frame, Moment arrived) {
    return Optional.of(
        "the partner says " + Dhcp6MessageType.name(frame.type()) + " before CONNECT is answered");
  }

  /** Every CONNECT is answered. */
  @Override
  public void giveUp(String why, Moment now) {
    refuse(line, id, new StatusCode(Dhcp6StatusCode.UNSPEC_FAIL, why), now);
  }

  /** Accepts: the same MCLT, all else one's own; what RFC 8156 does not know only to who does. */
  void accept(ConnectTerms ours, Moment now) {
    ConnectTerms answer =
        new ConnectTerms(
            ours.version(),
            partner.mcltSeconds(),
            ours.keepaliveSeconds(),
            ours.maxUnacked(),
            ours.flags(),
            ours.dhcp4() && partner.dhcp4());
    line.answer(Dhcp6MessageType.CONNECTREPLY, id, answer.toOptions(Optional.empty()), now);
  }

  /** Refuses, and ends the connection. */
  static void refuse(Line line, int id, StatusCode why, Moment now) {
    line.answer(Dhcp6MessageType.CONNECTREPLY, id, Line.status(why), now);
    line.close(why.text());
  }
}
