// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.server.protocol.LogNames;
import java.util.Locale;

/**
 * What {@link ServerConfig} says about what is known of clients.
 *
 * @param purgeSeconds in which what was known of the client of an ended lease is gone from the
 *     store's files; 0 leaves it to the store
 * @param names how the log calls clients
 */
record Privacy(int purgeSeconds, LogNames.Policy names) {
  /** Nothing is deleted before its time, and the log calls nobody by name. */
  static final Privacy NONE = new Privacy(0, LogNames.Policy.NONE);

  private static final int LEAST_SECONDS = 10;
  private static final int MOST_SECONDS = 86_400;

  /** Reads the keys; what cannot be used is added to {@code wrong}. */
  static Privacy from(ServerConfig config, StringBuilder wrong) {
    int seconds = config.privacy_purge_seconds();
    if (seconds != 0 && (seconds < LEAST_SECONDS || seconds > MOST_SECONDS)) {
      wrong.append(
          " privacy.purge.seconds = %d, accepted: %d to %d, or 0 to leave it to the store;"
              .formatted(seconds, LEAST_SECONDS, MOST_SECONDS));
    }
    String word = config.privacy_log_identifiers().trim().toLowerCase(Locale.ROOT);
    LogNames.Policy names = LogNames.Policy.of(word).orElse(null);
    if (names == null) {
      wrong.append(
          " privacy.log.identifiers = %s, accepted: hash, full or none;"
              .formatted(config.privacy_log_identifiers()));
    }
    return new Privacy(seconds, names);
  }
}
