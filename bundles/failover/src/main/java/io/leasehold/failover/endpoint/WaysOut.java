// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.lease.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What would end a state, for people, with the time where it is known. */
final class WaysOut {
  private static final String FORCED =
      "By an operator's forced partner-down, if the partner is lost for good.";

  private WaysOut() {}

  static List<String> of(Relationship its, Moment now) {
    List<String> ways = new ArrayList<>();
    ServerState state = its.state();
    if (its.machine.deadline() != Moment.NEVER) {
      ways.add(
          "The next state could not be stored; it is tried again at "
              + time(its.machine.deadline(), now)
              + ".");
    }
    switch (state) {
      case STARTUP -> startup(its, ways, now);
      case NORMAL -> {
        ways.add("To COMMUNICATIONS-INTERRUPTED when the partner is lost.");
        ways.add("To PARTNER-DOWN by an operator's partner-down.");
      }
      case COMMUNICATIONS_INTERRUPTED -> interrupted(its, ways, now);
      case PARTNER_DOWN ->
          ways.add("To NORMAL when the partner is back and has recovered from this server.");
      case RECOVER -> {
        ways.add("To RECOVER-WAIT when the partner has sent all updates.");
        ways.add(FORCED);
      }
      case RECOVER_WAIT -> {
        ways.add(
            "To RECOVER-DONE at "
                + time(its.reasons.recovery().deadline(its.notes.durable()), now)
                + ", with the partner or without.");
        ways.add(FORCED);
      }
      case RECOVER_DONE -> {
        ways.add("To NORMAL when the partner says that it is in NORMAL or RECOVER-DONE.");
        ways.add(FORCED);
      }
      case POTENTIAL_CONFLICT -> conflict(its, ways);
      case RESOLUTION_INTERRUPTED -> {
        ways.add("To POTENTIAL-CONFLICT when the partner is heard.");
        ways.add("To PARTNER-DOWN by an operator's partner-down.");
      }
      case CONFLICT_DONE -> {
        ways.add("To NORMAL when the partner says that it is in NORMAL.");
        ways.add(FORCED);
      }
    }
    return List.copyOf(ways);
  }

  private static void startup(Relationship its, List<String> ways, Moment now) {
    ways.add("When the partner says its state.");
    ways.add(
        "At "
            + time(its.reasons.startup().deadline(), now)
            + " without the partner, as before: to "
            + its.reasons.startup().previous().word()
            + ".");
    ways.add(FORCED);
  }

  private static void interrupted(Relationship its, List<String> ways, Moment now) {
    ways.add(
        its.isInContact()
            ? "To NORMAL when the partner has recovered."
            : "To NORMAL when the partner is heard.");
    ways.add("To PARTNER-DOWN by an operator's partner-down.");
    long silence = its.reasons.silenceDeadline();
    if (silence != Moment.NEVER) {
      ways.add("To PARTNER-DOWN at " + time(silence, now) + " (auto.partner.down.seconds).");
    } else if (its.settings.autoPartnerDownSeconds() == 0) {
      ways.add("Never to PARTNER-DOWN by itself: auto.partner.down.seconds is 0.");
    }
  }

  private static void conflict(Relationship its, List<String> ways) {
    ways.add(
        its.settings.role() == Role.PRIMARY
            ? "To CONFLICT-DONE when the partner has sent all updates."
            : "To NORMAL when the primary has resolved the conflict and sent all updates.");
    ways.add("To RESOLUTION-INTERRUPTED when the partner is lost.");
  }

  private static String time(long steadyNanos, Moment now) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(steadyNanos - now.steadyNanos());
    return Instant.ofEpochSecond(now.wallSeconds() + Math.max(0, seconds)).toString();
  }
}
