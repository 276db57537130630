// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.peer;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerName;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PoolPattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An entry of the directory as configured.
 *
 * @param peer what it says; empty if anything is wrong with it
 * @param preSharedKeys names of credentials, whatever is wrong with it
 * @param faults a sentence each
 */
public record PeerSpec(Optional<Peer> peer, List<String> preSharedKeys, List<String> faults) {
  /** Names of hosts (RFC 1123 section 2.1) in A-labels, without a dot at the end. */
  private static final Pattern HOST =
      Pattern.compile("(?i)(?!-)[a-z0-9_-]{1,63}(?<!-)(\\.(?!-)[a-z0-9_-]{1,63}(?<!-))*");

  private static final int PIN_OCTETS = 32;

  /** Reads an entry; all that is wrong with it is found at once. */
  public static PeerSpec of(String id, Map<String, String> values) {
    List<String> faults = new ArrayList<>();
    Peer peer =
        new Peer(
            id,
            roles(values, faults),
            each(values, "names", PeerSpec::name, faults),
            values.getOrDefault("wildcards", "false").equals("true"),
            each(values, "pins", PeerSpec::pin, faults),
            each(values, "psk", word -> word, faults),
            each(values, "scope", Prefix::ofText, faults),
            each(values, "pools", PoolPattern::new, faults),
            each(values, "addresses", Prefix::ofText, faults));
    if (!values.getOrDefault("wildcards", "false").matches("true|false")) {
      faults.add("wildcards must be true or false");
    }
    if (faults.isEmpty() && peer.names().isEmpty() && !provesItself(peer)) {
      faults.add(
          "there is nothing to know the peer by; write names, pins or psk (names of credentials)");
    }
    if (faults.isEmpty()) {
      pools(peer, faults);
    }
    return new PeerSpec(
        faults.isEmpty() ? Optional.of(peer) : Optional.empty(), peer.preSharedKeys(), faults);
  }

  private static void pools(Peer peer, List<String> faults) {
    boolean isElement = peer.roles().contains(PeerRole.POOL_ELEMENT);
    if (isElement && peer.pools().isEmpty()) {
      faults.add(
          "pools is missing: a peer of role pool-element joins the pools that its entry names; write"
              + " pools = dhcp6-* for example, or take pool-element out of roles");
    } else if (!isElement && !peer.pools().isEmpty()) {
      faults.add(
          "pools: '%s': only a peer of role pool-element joins pools; add it to roles, or take pools out"
              .formatted(peer.pools().get(0).text()));
    }
  }

  private static boolean provesItself(Peer peer) {
    return !peer.pins().isEmpty() || !peer.preSharedKeys().isEmpty();
  }

  private static Set<PeerRole> roles(Map<String, String> values, List<String> faults) {
    Set<PeerRole> roles = EnumSet.noneOf(PeerRole.class);
    roles.addAll(each(values, "roles", PeerSpec::role, faults));
    if (roles.isEmpty() && faults.isEmpty()) {
      faults.add("roles is missing; accepted are " + allRoles());
    }
    return roles;
  }

  private static PeerRole role(String word) {
    return Arrays.stream(PeerRole.values())
        .filter(role -> role.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("accepted are " + allRoles()));
  }

  private static String allRoles() {
    return Arrays.stream(PeerRole.values()).map(PeerRole::word).collect(Collectors.joining(", "));
  }

  private static PeerName name(String word) {
    int colon = word.indexOf(':');
    String value = word.substring(colon + 1);
    return switch (colon < 0 ? "" : word.substring(0, colon)) {
      case "dns" -> {
        if (!HOST.matcher(value).matches()) {
          throw new IllegalArgumentException(
              "a DNS name has A-labels and no dot at the end; that certificates may bear a wildcard"
                  + " is said by wildcards = true");
        }
        yield new PeerName(PeerName.Kind.DNS, value.toLowerCase(Locale.ROOT));
      }
      case "ip" -> new PeerName(PeerName.Kind.ADDRESS, Ipv6.ofText(value).toString());
      case "uri" -> new PeerName(PeerName.Kind.URI, value);
      default ->
          throw new IllegalArgumentException("accepted are dns:NAME, ip:ADDRESS and uri:URI");
    };
  }

  private static Bytes pin(String word) {
    Bytes pin = Bytes.ofHex(word);
    if (pin.length() != PIN_OCTETS) {
      throw new IllegalArgumentException(
          "a pin is the SHA-256 of a public key, 64 hexadecimal digits");
    }
    return pin;
  }

  private static <T> List<T> each(
      Map<String, String> values, String key, Function<String, T> reading, List<String> faults) {
    List<T> found = new ArrayList<>();
    for (String word : values.getOrDefault(key, "").split("[\\s,]+")) {
      if (!word.isEmpty()) {
        try {
          found.add(reading.apply(word));
        } catch (IllegalArgumentException e) {
          faults.add("%s: '%s': %s".formatted(key, word, e.getMessage()));
        }
      }
    }
    return found;
  }

  /** The entry as values by key, as {@link #of} reads them. */
  public static Map<String, String> values(Peer peer) {
    return Map.of(
        "roles", joined(peer.roles().stream().sorted().map(PeerRole::word).toList()),
        "names", joined(peer.names().stream().map(PeerSpec::word).toList()),
        "wildcards", Boolean.toString(peer.wildcards()),
        "pins", joined(peer.pins().stream().map(Bytes::toHex).toList()),
        "psk", joined(peer.preSharedKeys()),
        "scope", joined(peer.scope().stream().map(Prefix::toString).toList()),
        "pools", joined(peer.pools().stream().map(PoolPattern::text).toList()),
        "addresses", joined(peer.addresses().stream().map(Prefix::toString).toList()));
  }

  private static String joined(List<String> words) {
    return String.join(" ", words);
  }

  private static String word(PeerName name) {
    return switch (name.kind()) {
      case DNS -> "dns:" + name.value();
      case ADDRESS -> "ip:" + name.value();
      case URI -> "uri:" + name.value();
    };
  }
}
