// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.server.plan.PingCheck;

/** Reads the entries of Kea's libraries for DHCPv4 that something here stands for. */
final class HooksReader {
  private static final String PING_CHECK = "libdhcp_ping_check";
  private static final String BOOTP = "libdhcp_bootp";
  private static final int MOST_REQUESTS = 10;
  private static final long LONGEST_MILLIS = 5_000;

  private HooksReader() {}

  /** What is said where Kea loads its ping-check library; every other library is a warning. */
  static PingCheck pingCheck(Fields globals) {
    PingCheck check = PingCheck.OFF;
    for (Fields hook : globals.objects("hooks-libraries", ObjectKind.HOOKS_LIBRARY)) {
      String library = hook.requiredText("library").orElse("");
      if (library.contains(PING_CHECK)) {
        check =
            hook.object("parameters", ObjectKind.PING_CHECK).map(HooksReader::read).orElse(on());
      } else if (!library.isEmpty()) {
        other(hook, library.contains(BOOTP));
      }
    }
    return check;
  }

  private static void other(Fields hook, boolean bootp) {
    String instead =
        bootp ? "BOOTP clients are served where the plan has \"bootp\": true" : PlanKeys.HOOKS;
    hook.findings()
        .warn(
            "hooks " + bootp,
            hook.place("library"),
            (bootp ? BOOTP : "\"hooks-libraries\"") + " has no effect here: " + instead);
  }

  /** What a library without parameters means. */
  private static PingCheck on() {
    PingCheck off = PingCheck.OFF;
    return new PingCheck(true, off.requests(), off.replyMillis(), off.clientSeconds());
  }

  private static PingCheck read(Fields fields) {
    PingCheck otherwise = PingCheck.OFF;
    return new PingCheck(
        fields.flag("enable-ping-check").orElse(true),
        (int) fields.whole("min-ping-requests", 1, MOST_REQUESTS).orElse(otherwise.requests()),
        fields.whole("reply-timeout", 1, LONGEST_MILLIS).orElse(otherwise.replyMillis()),
        fields.seconds("ping-cltt-secs").orElse(otherwise.clientSeconds()));
  }
}
