// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

import io.leasehold.security.Admission;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.ChannelFactory;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.Health;
import io.leasehold.security.HopEnd;
import io.leasehold.security.PeerSelector;
import java.time.Duration;

/** Admits messages where ESP protects them. */
public final class IpsecChannels implements ChannelFactory {
  private final IpsecMonitor monitor;
  private final Runnable end;
  private volatile boolean closed;

  /**
   * Channels of one profile.
   *
   * @param end ends the conversation with the IKE daemon
   */
  public IpsecChannels(IpsecMonitor monitor, Runnable end) {
    this.monitor = monitor;
    this.end = end;
  }

  @Override
  public ChannelEngine newEngine(HandshakeRole role, PeerSelector expected) {
    throw new IllegalStateException(
        "ipsec protects plain datagrams (udp://) and has no channels for streams");
  }

  @Override
  public Admission admit(HopEnd local, HopEnd remote) {
    return closed ? Admission.refused("ipsec was ended") : monitor.admit(local, remote);
  }

  @Override
  public Health health() {
    return closed ? Health.unusable("ipsec was ended") : monitor.health();
  }

  /** Nothing lives on here: a hop that is no longer admitted is no longer used. */
  @Override
  public void drain(Duration grace) {
    // Messages are admitted one by one until the end.
  }

  @Override
  public void close() {
    closed = true;
    end.run();
  }
}
