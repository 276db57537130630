// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.net.Family;
import io.leasehold.server.lane.Limits;
import io.leasehold.server.protocol.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * What {@link ServerConfig} says, in the types it is used in.
 *
 * @param planDirectory directory of the plan's documents
 * @param dataDirectory directory for what the server keeps besides leases
 * @param interfaces where to listen while the plan does not say
 * @param dhcp6Port UDP port for DHCPv6
 * @param dhcp4Port UDP port for DHCPv4
 * @param size how much there is of everything
 * @param hops where relay agents connect and which may
 * @param privacy what is kept and told of clients
 * @param patience with interceptors
 * @param clock the time
 */
record ServerSettings(
    Path planDirectory,
    Path dataDirectory,
    List<String> interfaces,
    int dhcp6Port,
    int dhcp4Port,
    Engine.Size size,
    HopSettings hops,
    Privacy privacy,
    Patience patience,
    InstantSource clock) {

  /**
   * Reads a configuration.
   *
   * @param etc directory of the instance's configuration
   * @param data directory of the instance's state
   * @throws IllegalArgumentException naming every value that cannot be used
   */
  static ServerSettings from(ServerConfig config, Path etc, Path data) {
    StringBuilder wrong = new StringBuilder();
    requirePort("port", config.port(), wrong);
    requirePort("dhcp4.port", config.dhcp4_port(), wrong);
    require(
        config.lanes() >= 0 && config.lanes() <= 1024, "lanes", config.lanes(), "0 to 1024", wrong);
    require(config.queue() >= 16, "queue", config.queue(), "16 or more", wrong);
    requireLimit("limit.client", config.limit_client(), wrong);
    requireLimit("limit.relay.port", config.limit_relay_port(), wrong);
    requireLimit("limit.link", config.limit_link(), wrong);
    require(
        config.interceptor_budget_millis() > 0 && config.interceptor_budget_millis() <= 10_000,
        "interceptor.budget.millis",
        config.interceptor_budget_millis(),
        "1 to 10000",
        wrong);
    require(
        config.interceptor_failures() > 0,
        "interceptor.failures",
        config.interceptor_failures(),
        "1 or more",
        wrong);
    Privacy privacy = Privacy.from(config, wrong);
    HopSettings hops = HopSettings.from(config, wrong);
    if (wrong.length() > 0) {
      throw new IllegalArgumentException("io.leasehold.server:" + wrong);
    }
    return new ServerSettings(
        config.plan_directory().isBlank()
            ? etc.resolve("leasehold/plan.d")
            : Path.of(config.plan_directory().trim()),
        config.data_directory().isBlank()
            ? data.resolve("leasehold")
            : Path.of(config.data_directory().trim()),
        List.of(config.interfaces().trim().split("[\\s,]+")),
        config.port(),
        config.dhcp4_port(),
        new Engine.Size(
            config.lanes() == 0 ? Runtime.getRuntime().availableProcessors() : config.lanes(),
            config.queue(),
            new Limits(config.limit_client(), config.limit_relay_port(), config.limit_link())),
        hops,
        privacy,
        new Patience(
            Duration.ofMillis(config.interceptor_budget_millis()), config.interceptor_failures()),
        InstantSource.system());
  }

  /** The UDP port of a family. */
  int port(Family family) {
    return family == Family.IPV6 ? dhcp6Port : dhcp4Port;
  }

  private static void requirePort(String key, int value, StringBuilder wrong) {
    require(value > 0 && value < 65536, key, value, "1 to 65535", wrong);
  }

  private static void requireLimit(String key, int value, StringBuilder wrong) {
    require(value >= 0, key, value, "0 or more", wrong);
  }

  private static void require(
      boolean holds, String key, int value, String accepted, StringBuilder wrong) {
    if (!holds) {
      wrong.append(" %s = %d, accepted: %s;".formatted(key, value, accepted));
    }
  }
}
