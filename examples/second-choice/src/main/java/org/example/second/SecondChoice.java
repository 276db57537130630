// SPDX-License-Identifier: Apache-2.0
package org.example.second;

import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.hook.Moment;
import io.leasehold.hook.PacketContext;
import io.leasehold.hook.PacketInterceptor;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/** Leaves new clients to another server, unless they have been trying for three seconds. */
@Component
public final class SecondChoice implements PacketInterceptor {
  private static final int PATIENCE_HUNDREDTHS = 300;

  @Override
  public String name() {
    return "second-choice";
  }

  @Override
  public Optional<ClientServerMessage> message(
      Moment moment, ClientServerMessage message, PacketContext context) {
    boolean isNew =
        moment == Moment.RECEIVED
            && message.type() == Dhcp6MessageType.SOLICIT
            && message.options().first(Dhcp6Options.ELAPSED_TIME).orElse(0) < PATIENCE_HUNDREDTHS;
    return isNew ? Optional.empty() : Optional.of(message);
  }
}
