// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Channels by the names of their profiles. */
@ProviderType
public interface Channels {
  /** The channel of a profile, whether the profile is there or not. */
  Channel channel(String profile);

  /** All profiles that are configured or asked for. */
  List<ChannelStatus> status();
}
