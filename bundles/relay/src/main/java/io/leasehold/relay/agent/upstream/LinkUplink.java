// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.upstream;

import io.leasehold.hop.Link;
import io.leasehold.hop.LinkStatus;
import io.leasehold.net.Bytes;
import io.leasehold.relay.agent.UplinkSettings;
import java.util.Locale;

/** A connection. Without its transport it is down. */
public final class LinkUplink implements Uplink {
  private final UplinkSettings settings;
  private volatile Link link;

  /** One without a transport yet. */
  public LinkUplink(UplinkSettings settings) {
    this.settings = settings;
  }

  /** Uses a link from now on, which its owner closes; null if the transport has gone. */
  public void use(Link next) {
    link = next;
  }

  @Override
  public UplinkSettings settings() {
    return settings;
  }

  @Override
  public State state(long nowMillis) {
    Link current = link;
    if (current == null) {
      return State.down(
          "transport-missing: no transport %s is there; install leasehold-transport-%s"
              .formatted(settings.transport(), settings.transport()));
    }
    if (current.isUp()) {
      return State.up(current.assurance());
    }
    LinkStatus status = current.status();
    return State.down(
        status.reason().isEmpty()
            ? status.state().name().toLowerCase(Locale.ROOT)
            : status.reason());
  }

  @Override
  public boolean send(Bytes message, long nowMillis) {
    Link current = link;
    return current != null && current.send(message);
  }

  @Override
  public void renew() {
    Link current = link;
    if (current != null) {
      current.renew();
    }
  }
}
