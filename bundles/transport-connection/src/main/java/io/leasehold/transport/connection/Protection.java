// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.connection;

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
 * How a hop is protected at this moment. What was opened to be protected is never in clear,
 * whatever becomes of the profile, and the other way round. May be used from any thread.
 */
public final class Protection {
  /** The provider that protects nothing. */
  private static final String NONE = "none";

  private final Channel channel;
  private final boolean inClear;

  /**
   * Of a hop by a channel.
   *
   * @param inClear whether it is opened to be in clear
   */
  public Protection(Channel channel, boolean inClear) {
    this.channel = channel;
    this.inClear = inClear;
  }

  /** Nothing can be sent or taken; the message says why. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says why. */
    public Refused(String why) {
      super(why, null, false, false);
    }
  }

  /** Whether it was opened to be in clear. */
  public boolean isInClear() {
    return inClear;
  }

  /**
   * Whether connections may be made now, for all that can be known without one.
   *
   * @throws Refused saying why not
   */
  public void check() throws Refused {
    Health health = channel.health();
    if (!health.usable()) {
      throw new Refused("channel " + channel.name() + ": " + health.reason());
    }
    boolean none = channel.profile().map(ChannelProfile::provider).filter(NONE::equals).isPresent();
    if (none && !inClear) {
      throw new Refused(
          "channel "
              + channel.name()
              + " protects nothing (provider none); only tcp:// and sctp:// may be so");
    }
    if (inClear && !none) {
      throw new Refused("channel " + channel.name() + " protects hops; use tls:// with it");
    }
    if (!channel.carriers().contains(Carrier.STREAM)) {
      throw new Refused(
          "channel " + channel.name() + " protects no streams; use provider tls-cert or tls-psk");
    }
  }

  /**
   * Whether a connection between two hosts may be used.
   *
   * @throws Refused saying why not
   */
  public void check(HopEnd local, HopEnd remote) throws Refused {
    check();
    if (inClear) {
      Admission admission = channel.admit(local, remote);
      if (!admission.admitted()) {
        throw new Refused("channel " + channel.name() + ": " + admission.reason());
      }
    }
  }

  /**
   * What protects a connection; not begun.
   *
   * @throws Refused if there can be none now
   */
  public ChannelEngine engine(HandshakeRole role, PeerSelector expected) throws Refused {
    check();
    try {
      return channel.newEngine(role, expected);
    } catch (IllegalStateException e) {
      throw new Refused("channel " + channel.name() + ": " + e.getMessage());
    }
  }
}
