// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import io.leasehold.hop.ConnectSpec;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.wire.parameter.TransportParameter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where other registrars can be reached, and the connections that are made to them: to each until
 * there is a connection with whoever is there, at growing intervals. Of the thread of the
 * registrar.
 */
final class Contacts {
  private final Scope scope;
  private final Links links;
  private final Map<End, Contact> contacts = new LinkedHashMap<>();

  private record End(Ipv6 remote, int port, String transport) {}

  Contacts(Scope scope, Links links) {
    this.scope = scope;
    this.links = links;
  }

  void start(long now) {
    for (ConnectSpec each : scope.settings.servers()) {
      contacts.put(end(each), new Contact(each, true, now));
    }
  }

  private static End end(ConnectSpec spec) {
    return new End(spec.remote(), spec.port(), spec.transport());
  }

  /** Those that this registrar was told of by its operator, in their order. */
  Collection<Contact> configured() {
    return contacts.values().stream().filter(each -> each.isConfigured).toList();
  }

  /**
   * A registrar is said to be reached there, by the first of its transports that this one uses.
   * Where another one is known to be nothing changes, so that nobody talks this registrar out of a
   * connection.
   *
   * @param heardFrom its address, for one that only says its port; null if it did not say it itself
   */
  void learn(long server, List<TransportParameter> transports, Ipv6 heardFrom, long now) {
    transports.stream()
        .filter(each -> scope.settings.uses(EnrpSettings.nameOf(each)))
        .findFirst()
        .ifPresent(each -> learn(server, each, heardFrom, now));
  }

  private void learn(long server, TransportParameter transport, Ipv6 heardFrom, long now) {
    Ipv6 address = transport.addresses().isEmpty() ? heardFrom : transport.addresses().get(0);
    if (address != null && address.isUnspecified()) {
      address = heardFrom;
    }
    boolean isKnown = contacts.values().stream().anyMatch(each -> each.server == server);
    if (address == null || transport.port() == 0 || isKnown) {
      return;
    }
    ConnectSpec spec =
        scope.settings.learned(address, transport.port(), EnrpSettings.nameOf(transport));
    if (!scope.settings.own().contains(transport) && !contacts.containsKey(end(spec))) {
      Contact contact = new Contact(spec, false, now);
      contact.server = server;
      contacts.put(end(spec), contact);
    }
  }

  /** A registrar is not known any more. */
  void forget(long server) {
    contacts.values().removeIf(each -> each.server == server && !each.isConfigured);
    for (Contact each : contacts.values()) {
      if (each.server == server) {
        each.server = 0;
      }
    }
  }

  private boolean isWanted(Contact contact) {
    Peer peer = scope.peers.get(contact.server);
    return contact.link == null && !contact.isSelf && (peer == null || peer.link() == null);
  }

  /** Opens the connection anew, whether there is one or not. */
  void open(Contact contact) {
    contact.link = links.open(contact);
  }

  void onTimer(long now) {
    for (Contact each : contacts.values()) {
      if (isWanted(each) && each.nextTry <= now) {
        open(each);
      }
    }
  }

  long deadline() {
    return contacts.values().stream()
        .filter(this::isWanted)
        .mapToLong(each -> each.nextTry)
        .min()
        .orElse(SessionEvents.NEVER);
  }
}
