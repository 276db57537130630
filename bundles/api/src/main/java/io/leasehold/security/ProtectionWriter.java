// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Writes the configuration of what protects hops outside of this program. Secrets are named in it
 * and never contained. May be used from any thread.
 */
@ProviderType
public interface ProtectionWriter {
  /** Name of the provider whose profiles it knows, for example {@code ipsec}. */
  String provider();

  /**
   * The configuration for a profile and the peers of it, ready for a file.
   *
   * @param profile name of it
   * @throws IllegalArgumentException if that profile is not one of this provider, or lacks what is
   *     needed; the message says what
   */
  String configuration(String profile);

  /**
   * Commands that put the same in place once and by hand, for a laboratory.
   *
   * @param profile name of it
   * @throws IllegalArgumentException as {@link #configuration}
   */
  String laboratory(String profile);
}
