// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.security.Admission;
import io.leasehold.security.Carrier;
import io.leasehold.security.Channel;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.Health;
import io.leasehold.security.HopEnd;
import io.leasehold.security.PeerSelector;

/**
 * How a hop is protected at this moment. A hop that was protected once is never in clear, whatever
 * becomes of its profile: it has to be opened anew for that. May be used from any thread.
 */
final class Protection {
  /** The provider that protects nothing. */
  private static final String NONE = "none";

  private final Channel channel;
  private volatile boolean everProtected;

  Protection(Channel channel) {
    this.channel = channel;
    look();
  }

  /** Nothing can be sent or taken; the message says why. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String why) {
      super(why, null, false, false);
    }
  }

  /** Takes note of the profile as it is now. */
  void look() {
    if (channel.profile().filter(each -> !each.provider().equals(NONE)).isPresent()) {
      everProtected = true;
    }
  }

  /** Whether the channel is in clear now. */
  boolean isClear() {
    return channel.profile().map(ChannelProfile::provider).filter(NONE::equals).isPresent();
  }

  /**
   * Whether connections may be made now, for all that can be known without one.
   *
   * @throws Refused saying why not
   */
  void check() throws Refused {
    look();
    Health health = channel.health();
    if (!health.usable()) {
      throw new Refused("channel " + channel.name() + ": " + health.reason());
    }
    if (isClear()) {
      if (everProtected) {
        throw new Refused(
            "channel "
                + channel.name()
                + " has turned to provider none; a hop that was protected stays down until it is"
                + " configured anew");
      }
    } else if (!channel.carriers().contains(Carrier.STREAM)) {
      throw new Refused(
          "channel " + channel.name() + " protects no streams; use tls-cert or tls-psk");
    }
  }

  /**
   * Whether a connection between two hosts may be used.
   *
   * @throws Refused saying why not
   */
  void check(HopEnd local, HopEnd remote) throws Refused {
    check();
    if (isClear()) {
      admitted(local, remote);
    }
  }

  private Admission admitted(HopEnd local, HopEnd remote) throws Refused {
    Admission admission = channel.admit(local, remote);
    if (!admission.admitted()) {
      throw new Refused("channel " + channel.name() + ": " + admission.reason());
    }
    return admission;
  }

  /**
   * What protects a connection; not begun.
   *
   * @throws Refused if there can be none now
   */
  ChannelEngine engine(HandshakeRole role, PeerSelector expected, HopEnd local, HopEnd remote)
      throws Refused {
    check();
    if (isClear()) {
      return new ClearEngine(admitted(local, remote));
    }
    try {
      return channel.newEngine(role, expected);
    } catch (IllegalStateException e) {
      throw new Refused("channel " + channel.name() + ": " + e.getMessage());
    }
  }
}
