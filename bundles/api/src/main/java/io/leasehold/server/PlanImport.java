// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import java.io.IOException;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Converts configurations of other servers. Methods may be called from any thread. */
@ProviderType
public interface PlanImport {
  /**
   * Converts a {@code dhcpd.conf} of ISC dhcpd, of either family, and the files that it includes.
   * Nothing is changed. Blocks on files.
   *
   * @throws IOException if a file cannot be read; its message is a sentence
   */
  PlanConversion ofDhcpd(Path configuration) throws IOException;
}
