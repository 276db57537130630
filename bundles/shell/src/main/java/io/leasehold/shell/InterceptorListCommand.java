// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.server.InterceptorControl;
import io.leasehold.server.InterceptorStatus;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists interceptors and how they do. */
@Service
@Command(
    scope = "dhcp",
    name = "interceptor-list",
    description = "Lists the interceptors of packets in their order, and how they do",
    detailedDescription =
        "One that fails ten times in a row is disabled, and one of whose calls within a minute more"
            + " than one in a hundred, and more than 20, take longer than 2 ms. Times are in"
            + " microseconds. Example: dhcp:interceptor-list --json")
public final class InterceptorListCommand extends DhcpCommand {
  @Override
  void run() throws CommandFailure {
    Rows rows =
        new Rows(
            "interceptor",
            "bundle",
            "enabled",
            "calls",
            "failures",
            "over budget",
            "mean micros",
            "longest micros",
            "reason");
    for (InterceptorStatus each : server(InterceptorControl.class).interceptors()) {
      long micros = TimeUnit.NANOSECONDS.toMicros(each.total().toNanos());
      rows.add(
          each.name(),
          each.bundle(),
          each.enabled(),
          each.calls(),
          each.failures(),
          each.overBudget(),
          each.calls() == 0 ? 0 : micros / each.calls(),
          TimeUnit.NANOSECONDS.toMicros(each.longest().toNanos()),
          each.reason());
    }
    rows.print(out, json, "no interceptor");
  }
}
