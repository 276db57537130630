// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.pool.PoolElementControl;
import io.leasehold.pool.PoolHandle;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolRegistration;
import io.leasehold.pool.PoolUserControl;
import io.leasehold.pool.PoolView;
import io.leasehold.pool.RegistrarControl;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows who is in a pool, as each part of this host sees it. */
@Service
@Command(
    scope = "dhcp",
    name = "pool-show",
    description = "Shows who is in a pool, as each part of this host sees it",
    detailedDescription =
        "Members of one group share their leases, and the one of the highest rank is asked first."
            + " Example: dhcp:pool-show dhcp6-core")
public final class PoolShowCommand extends DhcpCommand {

  @Argument(name = "pool", description = "Its name", multiValued = true)
  @Completion(PoolCompleter.class)
  List<String> words = List.of();

  @Override
  void run() throws CommandFailure {
    PoolHandle handle = PoolText.handle(argument(words));
    PoolText.requireAny(services);
    if (!PoolText.all(services).contains(handle)) {
      throw new CommandFailure("there is no pool '" + handle + "'; dhcp:pool-list shows all");
    }
    Optional<PoolView> view = view(handle);
    Optional<RegistrarControl> registrar =
        services
            .find(RegistrarControl.class)
            .filter(each -> each.pools().stream().anyMatch(pool -> pool.handle().equals(handle)));
    Rows members = members(view.map(PoolView::members).orElse(List.of()));
    Rows own = registrations(handle);
    Rows elements = elements(registrar.map(each -> each.elements(handle)).orElse(List.of()));
    if (json) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("pool", handle.toString());
      facts.put("state", view.map(each -> PoolText.word(each.state())));
      facts.put("policy", view.map(PoolView::policy));
      facts.put("since", view.map(PoolView::since));
      facts.put("members", members.json());
      facts.put("registrations", own.json());
      facts.put("elements", elements.json());
      out.println(Json.of(facts));
      return;
    }
    if (view.isPresent()) {
      out.println(
          "Used here, %s, by policy %s:"
              .formatted(
                  PoolText.word(view.get().state()),
                  view.get().policy().isEmpty() ? "-" : view.get().policy()));
      members.table("no member").print(out);
    }
    if (!own.isEmpty()) {
      out.println("Servers of this host:");
      own.table("none").print(out);
    }
    if (registrar.isPresent()) {
      out.println("Kept by the registrar:");
      elements.table("no element").print(out);
    }
  }

  private Optional<PoolView> view(PoolHandle handle) {
    return services.all(PoolUserControl.class).stream()
        .flatMap(each -> each.views().stream())
        .filter(each -> each.handle().equals(handle))
        .findFirst();
  }

  private static Rows members(List<PoolMember> members) {
    Rows rows = new Rows("member", "group", "weight", "rank", "home");
    for (PoolMember each : members) {
      rows.add(
          each.toString(),
          PoolMember.idText(each.group()),
          each.weight(),
          each.rank(),
          PoolMember.idText(each.home()));
    }
    return rows;
  }

  private Rows registrations(PoolHandle handle) {
    Rows rows = new Rows("element", "member", "group", "rank", "state", "since", "reason");
    for (PoolElementControl element : services.all(PoolElementControl.class)) {
      for (PoolRegistration each : element.registrations()) {
        if (each.handle().equals(handle)) {
          rows.add(
              element.name(),
              each.member().toString(),
              PoolMember.idText(each.member().group()),
              each.member().rank(),
              PoolText.word(each.state()),
              each.since(),
              each.why());
        }
      }
    }
    return rows;
  }

  private static Rows elements(List<RegistrarControl.Element> elements) {
    Rows rows =
        new Rows(
            "member",
            "group",
            "rank",
            "home",
            "peer",
            "expires",
            "last answered",
            "reports",
            "selected");
    for (RegistrarControl.Element each : elements) {
      rows.add(
          each.member().toString(),
          PoolMember.idText(each.member().group()),
          each.member().rank(),
          PoolMember.idText(each.member().home()),
          each.peer(),
          each.expires(),
          each.lastAnswered(),
          each.reports(),
          each.selected());
    }
    return rows;
  }
}
