// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.osgi;

import io.leasehold.configuration.Keys;
import io.leasehold.net.Family;
import io.leasehold.relay.agent.Agent;
import io.leasehold.relay.agent.ClientWatch;
import io.leasehold.relay.agent.DropReason;
import io.leasehold.relay.agent.LinkScope;
import io.leasehold.relay.agent.RelaySettings;
import io.leasehold.relay.agent.SettingsReader;
import io.leasehold.relay.agent.prefix.PrefixSettings;
import io.leasehold.relay.agent.v4.Dhcp4Agent;
import io.leasehold.relay.agent.v6.Dhcp6Agent;
import io.leasehold.relay.agent.v6.Dhcp6Settings;
import java.util.List;
import java.util.Map;

/**
 * A configuration file that has been read.
 *
 * @param settings what both families have in common
 * @param agent that works by it
 * @param prefixes how delegated prefixes are treated
 */
record Configured(RelaySettings settings, Agent agent, PrefixSettings prefixes) {
  /** Whether a file asks for a relay agent at all. */
  static boolean isWanted(Map<String, ?> properties) {
    return Keys.of(properties).flag("enabled", true);
  }

  /**
   * Reads a file.
   *
   * @param scope for which links relay agents may speak
   * @param watch sees what clients and servers say
   * @throws IllegalArgumentException with everything that is wrong with it, a line each
   */
  static Configured of(String name, Map<String, ?> properties, LinkScope scope, ClientWatch watch) {
    Keys keys = Keys.of(properties);
    keys.flag("enabled", true);
    RelaySettings settings = SettingsReader.read(name, keys);
    Agent agent =
        settings.family() == Family.IPV6
            ? new Dhcp6Agent(Dhcp6Settings.read(settings, keys), scope, watch)
            : Dhcp4Agent.of(settings, keys, scope);
    PrefixSettings prefixes = PrefixSettings.read(settings, keys);
    List<String> problems = keys.problems();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return new Configured(settings, agent, prefixes);
  }

  /** What its agent counts. */
  DropReason[] reasons() {
    return settings.family() == Family.IPV6 ? Dhcp6Agent.reasons() : Dhcp4Agent.reasons();
  }
}
