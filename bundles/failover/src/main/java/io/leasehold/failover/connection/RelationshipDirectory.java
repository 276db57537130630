// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.failover.lease.Role;
import io.leasehold.net.Ipv6;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The relationships of this server. Three things find one: the partner's address, the name, and
 * which role this server has (RFC 8156 section 6.2); certificates do not. For one thread.
 *
 * @param <E> what stands for a relationship
 */
public final class RelationshipDirectory<E> {
  private final Map<String, Entry<E>> entries = new LinkedHashMap<>();

  private record Entry<E>(FailoverSettings settings, E endpoint) {
    boolean isSecondaryTo(Ipv6 address) {
      return settings.role() == Role.SECONDARY && settings.partnerAddress().equals(address);
    }

    /** RFC 8156 section 10: a certificate is good for its own relationship only. */
    boolean isPartner(Caller caller) {
      return !settings.isSecure() || caller.peerId().equals(Optional.of(settings.peer()));
    }
  }

  /**
   * Adds a relationship.
   *
   * @throws IllegalArgumentException if there is one of its name; says so
   */
  public void add(FailoverSettings settings, E endpoint) {
    Entry<E> entry = new Entry<>(settings, Objects.requireNonNull(endpoint));
    if (entries.putIfAbsent(settings.name(), entry) != null) {
      throw new IllegalArgumentException(
          "name = "
              + settings.name()
              + ": another relationship of this server has the name; accepted is one of its own");
    }
  }

  /** Takes a relationship out, if it is the one of that name. */
  public void remove(String name, E endpoint) {
    Entry<E> entry = entries.get(name);
    if (entry != null && entry.endpoint().equals(endpoint)) {
      entries.remove(name);
    }
  }

  /** Whether a primary may connect from there. */
  public boolean isExpected(Ipv6 address) {
    return entries.values().stream().anyMatch(each -> each.isSecondaryTo(address));
  }

  /**
   * The relationship in which this server is the secondary of a primary. It needs no name if it is
   * the only one with that primary's address (RFC 8156 section 6.1.1). The primary must be the peer
   * that the relationship expects, if it is protected.
   */
  public Optional<E> find(Caller primary, Optional<String> name) {
    List<Entry<E>> found =
        entries.values().stream()
            .filter(each -> each.isSecondaryTo(primary.address()))
            .filter(each -> name.isEmpty() || name.get().equals(each.settings().name()))
            .toList();
    return found.size() == 1 && found.get(0).isPartner(primary)
        ? Optional.of(found.get(0).endpoint())
        : Optional.empty();
  }

  /** All of them, in the order in which they came. */
  public Collection<E> endpoints() {
    return entries.values().stream().map(Entry::endpoint).toList();
  }

  /** How many there are. */
  public int size() {
    return entries.size();
  }
}
