// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent;

import io.leasehold.configuration.Keys;
import java.util.List;

/**
 * An interface where clients are, or relay agents farther from the server.
 *
 * @param name of it
 * @param clients whether clients are there; if not, only relay agents are
 * @param trusted whether relay agents may be there
 * @param channel profile that admits the relay agents there; empty if nothing does
 */
public record InterfaceSettings(String name, boolean clients, boolean trusted, String channel) {
  /** Checks the name. */
  public InterfaceSettings {
    if (name.isEmpty() || name.contains("/") || name.equals("*")) {
      throw new IllegalArgumentException("'" + name + "' is not the name of an interface");
    }
  }

  /** Where clients are, as the keys of the file say. */
  static InterfaceSettings client(String name, Keys keys) {
    boolean trusted = keys.of(name).flag("trusted", false);
    return new InterfaceSettings(name, true, trusted, "");
  }

  /** The one of that name, or null. */
  static InterfaceSettings find(List<InterfaceSettings> all, String name) {
    for (InterfaceSettings each : all) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    return null;
  }
}
