// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What is wrong with the configuration of the platform's components ({@code
 * etc/io.leasehold.*.cfg}), also of those that could not start because of it. May be called from
 * any thread; reads the configuration anew each time and blocks no longer than that takes.
 */
@ProviderType
public interface ConfigurationFindings {
  /**
   * A sentence for each key that nobody reads, each value of the wrong kind, each file that belongs
   * to no component, and each component that did not start; with its file, and what would be right.
   * Empty when all is well.
   */
  List<String> findings();
}
