// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent;

import io.leasehold.hop.Application;
import io.leasehold.net.Family;
import io.leasehold.net.Prefix;
import java.util.List;
import java.util.Optional;

/**
 * What a relay agent is, whatever its family.
 *
 * @param name of the instance
 * @param application family and ports
 * @param mode how it works
 * @param interfaces where clients are, and relay agents farther from the server
 * @param upstreamInterfaces where datagrams of servers come in, as in {@link
 *     io.leasehold.transport.BindSpec}
 * @param uplinks where messages go; if there is a pool, only while nothing is known of it
 * @param pool whose members messages go to
 * @param listen where connections of relay agents farther from the server are accepted
 * @param delivery to how many of the uplinks a message goes
 * @param sourcePort UDP port towards servers
 * @param upstreamSources addresses from which servers may answer, beside those of the uplinks
 * @param allowUnprotectedUpstream whether what came over a protected hop may go on over one that is
 *     not
 * @param maxMessageOctets larger messages are dropped
 * @param limits of what clients send
 * @param health when an uplink counts as dead
 */
public record RelaySettings(
    String name,
    Application application,
    Mode mode,
    List<InterfaceSettings> interfaces,
    List<String> upstreamInterfaces,
    List<UplinkSettings> uplinks,
    Optional<PoolSettings> pool,
    List<ListenSettings> listen,
    Delivery delivery,
    int sourcePort,
    List<Prefix> upstreamSources,
    boolean allowUnprotectedUpstream,
    int maxMessageOctets,
    RateSettings limits,
    HealthSettings health) {

  /** How a relay agent works. */
  public enum Mode {
    /** As a router that sends with its own addresses. */
    RELAY,
    /** As a node below the network layer (RFC 6221). */
    LDRA
  }

  /** To how many of the uplinks a message goes. */
  public enum Delivery {
    /** To all that are up. */
    ALL,
    /** To the first one that is healthy; a client stays with the one it has. */
    FIRST
  }

  /**
   * How much may come.
   *
   * @param perInterface messages a second from an interface; 0 for no limit
   * @param interfaceBurst messages at once from an interface
   * @param perClient messages a second from an address; 0 for no limit
   * @param clientBurst messages at once from an address
   */
  public record RateSettings(
      int perInterface, int interfaceBurst, int perClient, int clientBurst) {}

  /**
   * When an uplink counts as dead.
   *
   * @param unanswered messages that were not answered, at least
   * @param millis time since the first of them, at least
   * @param probeMillis how often a dead one is sent a message beside the others
   * @param clients of how many different ones the messages must have been: 1 or 2; with 2, the time
   *     counts since the first message of the second
   */
  public record HealthSettings(int unanswered, long millis, long probeMillis, int clients) {}

  /** Copies the lists. */
  public RelaySettings {
    interfaces = List.copyOf(interfaces);
    upstreamInterfaces = List.copyOf(upstreamInterfaces);
    uplinks = List.copyOf(uplinks);
    listen = List.copyOf(listen);
    upstreamSources = List.copyOf(upstreamSources);
  }

  /** Family of the messages. */
  public Family family() {
    return application.family();
  }

  /** An interface where clients or relay agents are. */
  public Optional<InterfaceSettings> interfaceNamed(String interfaceName) {
    return Optional.ofNullable(InterfaceSettings.find(interfaces, interfaceName));
  }

  /** Whether servers may answer through an interface. */
  public boolean isUpstream(String interfaceName) {
    for (String place : upstreamInterfaces) {
      int slash = place.indexOf('/');
      String named = slash < 0 ? place : place.substring(0, slash);
      if (named.equals("*") || named.equals(interfaceName)) {
        return true;
      }
    }
    return false;
  }
}
