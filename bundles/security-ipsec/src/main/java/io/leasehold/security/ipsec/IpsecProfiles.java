// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

import io.leasehold.security.ChannelProfile;
import io.leasehold.security.PeerDirectory;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The profiles that are open, for the generators. May be used from any thread. */
public final class IpsecProfiles {
  private record Open(ChannelProfile profile, IpsecSettings settings, PeerDirectory peers) {}

  private final Map<String, Open> open = new ConcurrentHashMap<>();

  /**
   * Adds a profile, in place of one of that name.
   *
   * @return takes it away again, unless there is another in its place
   */
  public Runnable add(ChannelProfile profile, IpsecSettings settings, PeerDirectory peers) {
    Open added = new Open(profile, settings, peers);
    open.put(profile.name(), added);
    return () -> open.remove(profile.name(), added);
  }

  /** A file for {@code /etc/swanctl/conf.d}. */
  public String swanctl(String profile) {
    return SwanctlText.of(profile, hops(profile));
  }

  /** Commands for a laboratory. */
  public String xfrm(String profile) {
    return XfrmText.of(hops(profile));
  }

  private List<HopPlan> hops(String name) {
    Open found = open.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is no channel of provider ipsec; there "
              + (open.isEmpty()
                  ? "is none"
                  : "are " + String.join(", ", new TreeSet<>(open.keySet()))));
    }
    return HopPlan.of(found.profile(), found.settings(), found.peers().peers());
  }
}
