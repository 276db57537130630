// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerName;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PoolPattern;
import io.leasehold.security.SecurityControl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lets a peer be at the other end of hops. */
@Service
@Command(
    scope = "dhcp",
    name = "peer-approve",
    description = "Lets a peer be at the other end of hops",
    detailedDescription =
        "A relay agent that dhcp:relay-list shows is approved by its address; one on a protected hop by a"
            + " name in its certificate or a pre-shared key."
            + " Example: dhcp:peer-approve r17 --address 192.0.2.1 --scope 10.0.0.0/24")
public final class PeerApproveCommand extends DhcpCommand {

  private static final String ACCEPTED =
      "; accepted are dns:NAME, ip:ADDRESS and uri:URI, as they are in the certificate";

  @Argument(name = "peer", description = "Name for it", multiValued = true)
  List<String> words = List.of();

  @Option(
      name = "--address",
      description = "Address by which it is known; several are separated by commas")
  @Completion(RelayAddressCompleter.class)
  String addresses = "";

  @Option(name = "--name", description = "Names in its certificate: dns:r17.example,ip:192.0.2.1")
  String names = "";

  @Option(name = "--psk", description = "Credentials that are its pre-shared keys, newest first")
  @Completion(KeyCompleter.class)
  String preSharedKeys = "";

  @Option(name = "--scope", description = "Prefixes for which it may speak; none: for all")
  String scope = "";

  @Option(name = "--pools", description = "Pools that it may join as an element: dhcp6-*")
  String pools = "";

  @Option(name = "--role", description = "What it may be; relay if not said")
  @Completion(RoleCompleter.class)
  String roles = "relay";

  @Override
  boolean take(String option, String value) {
    switch (option) {
      case "--address" -> addresses = value;
      case "--name" -> names = value;
      case "--psk" -> preSharedKeys = value;
      case "--scope" -> scope = value;
      case "--pools" -> pools = value;
      case "--role" -> roles = value;
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  void run() throws CommandFailure {
    String id = argument(words);
    SecurityControl control =
        installed(SecurityControl.class, "security", "leasehold-security").get(0);
    Peer peer =
        new Peer(
            id,
            roles(),
            peerNames(),
            false,
            List.of(),
            split(preSharedKeys),
            prefixes(),
            patterns(),
            List.of());
    if (peer.names().isEmpty() && peer.preSharedKeys().isEmpty()) {
      throw new CommandFailure("nothing proves who " + id + " is: say --address, --name or --psk");
    }
    String file = Attempt.of(() -> control.approvePeer(peer));
    out.println(
        json
            ? Json.of(Map.of("peer", id, "configuration", file))
            : "Peer " + id + " is approved by " + file + ".");
  }

  private Set<PeerRole> roles() throws CommandFailure {
    Set<PeerRole> found = EnumSet.noneOf(PeerRole.class);
    for (String word : split(roles)) {
      found.add(
          Arrays.stream(PeerRole.values())
              .filter(role -> role.word().equals(word))
              .findFirst()
              .orElseThrow(
                  () -> new CommandFailure("'" + word + "' is no role; roles are " + all())));
    }
    return found;
  }

  private static String all() {
    return Arrays.stream(PeerRole.values()).map(PeerRole::word).collect(Collectors.joining(", "));
  }

  private List<PeerName> peerNames() throws CommandFailure {
    List<PeerName> found = new ArrayList<>();
    for (String address : split(addresses)) {
      Ipv6 read = Attempt.of(() -> Ipv6.ofText(address));
      found.add(new PeerName(PeerName.Kind.ADDRESS, read.toString()));
    }
    for (String name : split(names)) {
      found.add(peerName(name));
    }
    return found;
  }

  private static PeerName peerName(String text) throws CommandFailure {
    int colon = text.indexOf(':');
    String value = text.substring(colon + 1);
    return switch (colon < 0 ? "" : text.substring(0, colon)) {
      case "dns" -> new PeerName(PeerName.Kind.DNS, value);
      case "ip" ->
          new PeerName(PeerName.Kind.ADDRESS, Attempt.of(() -> Ipv6.ofText(value)).toString());
      case "uri" -> new PeerName(PeerName.Kind.URI, value);
      default -> throw new CommandFailure("'" + text + "' is no name of a peer" + ACCEPTED);
    };
  }

  private List<Prefix> prefixes() throws CommandFailure {
    List<Prefix> found = new ArrayList<>();
    for (String prefix : split(scope)) {
      found.add(Filters.prefix(prefix));
    }
    return found;
  }

  private List<PoolPattern> patterns() throws CommandFailure {
    List<PoolPattern> found = new ArrayList<>();
    for (String pattern : split(pools)) {
      found.add(Attempt.of(() -> new PoolPattern(pattern)));
    }
    return found;
  }

  private static List<String> split(String text) {
    return text.isBlank() ? List.of() : List.of(text.trim().split("[,\\s]+"));
  }
}
