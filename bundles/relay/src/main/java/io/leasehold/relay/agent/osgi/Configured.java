// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.osgi;

import io.leasehold.net.Family;
import io.leasehold.relay.agent.Agent;
import io.leasehold.relay.agent.ClientWatch;
import io.leasehold.relay.agent.Keys;
import io.leasehold.relay.agent.LinkScope;
import io.leasehold.relay.agent.RelaySettings;
import io.leasehold.relay.agent.SettingsReader;
import io.leasehold.relay.agent.Tally;
import io.leasehold.relay.agent.v6.Dhcp6Agent;
import io.leasehold.relay.agent.v6.Dhcp6Settings;
import java.util.List;
import java.util.Map;

/**
 * A configuration file that has been read.
 *
 * @param settings what both families have in common
 * @param agent makes the agent
 */
record Configured(RelaySettings settings, AgentMaker agent) {
  /** Makes an agent out of settings that have been checked. */
  @FunctionalInterface
  interface AgentMaker {
    Agent make(LinkScope scope, ClientWatch watch, Tally tally);
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException with everything that is wrong with it, a line each
   */
  static Configured of(String name, Map<String, ?> properties) {
    Keys keys = Keys.of(properties);
    RelaySettings settings = SettingsReader.read(name, keys);
    AgentMaker maker =
        settings.family() == Family.IPV6 ? dhcp6(settings, keys) : dhcp4(settings, keys);
    List<String> problems = keys.problems();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return new Configured(settings, maker);
  }

  private static AgentMaker dhcp6(RelaySettings relay, Keys keys) {
    Dhcp6Settings settings = Dhcp6Settings.read(relay, keys);
    return (scope, watch, tally) -> {
      Dhcp6Agent.declare(tally);
      return new Dhcp6Agent(settings, scope, watch);
    };
  }

  private static AgentMaker dhcp4(RelaySettings relay, Keys keys) {
    keys.refuse("family", relay.family().name(), "ipv6");
    return null;
  }
}
