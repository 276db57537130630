// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes channels of one kind. A service without state; it opens no sockets. Several of one name may
 * be there: the one of the highest ranking is used.
 */
@ConsumerType
public interface ChannelSecurityProvider {
  /** Name in profiles, for example {@code tls-psk}. */
  String name();

  /** What its channels run over. */
  Set<Carrier> carriers();

  /** The most that a channel of it can vouch for. */
  Assurance maximumAssurance();

  /**
   * Prepares channels as a profile says. Looks at everything that can be wrong at once. May read
   * files; does not block for long.
   *
   * @throws ProfileRejectedException if no channel could ever be made this way
   */
  ChannelFactory open(ChannelProfile profile, SecurityServices services)
      throws ProfileRejectedException;
}
