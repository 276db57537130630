// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * What {@link ServerConfig} says, in the types it is used in.
 *
 * @param planDirectory directory of the plan's documents
 * @param dataDirectory directory for what the server keeps besides leases
 * @param interfaces where to listen while the plan does not say
 * @param port UDP port
 * @param lanes at least 1
 * @param queueCapacity requests that may wait for one lane
 * @param clock the time
 */
record ServerSettings(
    Path planDirectory,
    Path dataDirectory,
    List<String> interfaces,
    int port,
    int lanes,
    int queueCapacity,
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
    require(config.port() > 0 && config.port() < 65536, "port", config.port(), "1 to 65535", wrong);
    require(
        config.lanes() >= 0 && config.lanes() <= 1024, "lanes", config.lanes(), "0 to 1024", wrong);
    require(config.queue() >= 16, "queue", config.queue(), "16 or more", wrong);
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
        config.lanes() == 0 ? Runtime.getRuntime().availableProcessors() : config.lanes(),
        config.queue(),
        InstantSource.system());
  }

  private static void require(
      boolean holds, String key, int value, String accepted, StringBuilder wrong) {
    if (!holds) {
      wrong.append(" %s = %d, accepted: %s;".formatted(key, value, accepted));
    }
  }
}
