// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Prefix;
import io.leasehold.server.PlanEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Adds a reservation. */
@Service
@Command(
    scope = "dhcp",
    name = "reservation-add",
    description = "Adds a reservation to the plan's documents, and uses them",
    detailedDescription =
        "The subnet, or 'global'; then the client; then its addresses and prefixes. An identifier of"
            + " six octets is a hardware address and any other a DUID, unless --by says otherwise."
            + " Examples: dhcp:reservation-add 12 02:00:00:00:00:01 192.0.2.5 --hostname desk,"
            + " dhcp:reservation-add 2001:db8:1::/64 00:03:00:01:02:00:00:00:00:01 2001:db8:1::5")
public final class ReservationAddCommand extends PlanEditing {
  private static final String HARDWARE = "hw-address";
  private static final String DUID = "duid";
  private static final List<String> KINDS =
      List.of(HARDWARE, DUID, "client-id", "circuit-id", "flex-id");

  @Argument(
      name = "subnet",
      description = "Subnet, client, addresses and prefixes",
      multiValued = true)
  @Completion(SubnetCompleter.class)
  List<String> words = List.of();

  @Option(name = "--by", description = "hw-address, duid, client-id, circuit-id or flex-id")
  String by;

  @Option(name = "--hostname", description = "Its name")
  String hostname;

  @Override
  boolean take(String option, String value) {
    switch (option) {
      case "--by" -> by = value;
      case "--hostname" -> hostname = value;
      default -> {
        return super.take(option, value);
      }
    }
    return true;
  }

  @Override
  PlanEdit edit() throws CommandFailure {
    List<String> arguments = arguments(words, 2, Integer.MAX_VALUE);
    boolean global = arguments.get(0).equals("global");
    String name = global ? "" : subnet(arguments.get(0)).toString();
    List<String> addresses = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    for (String resource : arguments.subList(2, arguments.size())) {
      (resource.contains("/") ? prefixes : addresses).add(resource);
    }
    Family which = global ? family(addresses) : of(Prefix.ofText(name));
    boolean v6 = which == Family.IPV6;
    if (!v6 && (addresses.size() > 1 || !prefixes.isEmpty())) {
      throw new CommandFailure("a reservation of DHCPv4 has one address");
    }
    String kind = kind(arguments.get(1));
    Map<String, Object> reservation =
        members(
            kind,
            identifier(kind, arguments.get(1)),
            v6 ? "ip-addresses" : "ip-address",
            v6 ? addresses : addresses.isEmpty() ? null : addresses.get(0),
            "prefixes",
            prefixes,
            "hostname",
            hostname);
    return new PlanEdit(
        which,
        PlanEdit.Action.ADD_RESERVATION,
        global ? PlanEdit.Level.GLOBAL : PlanEdit.Level.SUBNET,
        name,
        reservation);
  }

  private Family family(List<String> addresses) throws CommandFailure {
    if (!addresses.isEmpty()) {
      return of(Filters.prefix(addresses.get(0)));
    }
    return Families.read(family)
        .orElseThrow(() -> new CommandFailure("say of which family with --family"));
  }

  private String kind(String identifier) throws CommandFailure {
    if (by != null && !KINDS.contains(by)) {
      throw new CommandFailure("'" + by + "' is not among " + String.join(", ", KINDS));
    }
    if (by != null) {
      return by;
    }
    boolean hardware = Filters.possibleClient(identifier).filter(o -> o.length() == 6).isPresent();
    return hardware ? HARDWARE : DUID;
  }

  /** An address or a DUID in whatever way people write it; what else there is may be a text. */
  private static String identifier(String kind, String written) {
    Optional<Bytes> octets =
        kind.equals(HARDWARE) || kind.equals(DUID)
            ? Filters.possibleClient(written)
            : Optional.empty();
    return octets.map(o -> o.toHex(":")).orElse(written);
  }
}
