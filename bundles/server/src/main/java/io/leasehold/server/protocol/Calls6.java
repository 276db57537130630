// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.hook.LeaseVerdict;
import io.leasehold.hook.Moment;
import io.leasehold.hook.PacketContext;
import io.leasehold.hook.PacketInterceptor;
import io.leasehold.hook.SelectedLease;
import io.leasehold.lease.LeaseChange;
import java.util.List;
import java.util.Optional;

/** The methods of interceptors for messages of DHCPv6. */
public enum Calls6 implements Interceptors.Calls<ClientServerMessage> {
  /** The only one. */
  INSTANCE;

  @Override
  public Optional<ClientServerMessage> message(
      PacketInterceptor hook, Moment moment, ClientServerMessage message, PacketContext context) {
    return hook.message(moment, message, context);
  }

  @Override
  public LeaseVerdict selected(
      PacketInterceptor hook,
      SelectedLease lease,
      ClientServerMessage message,
      PacketContext context) {
    return hook.selected(lease, message, context);
  }

  @Override
  public void committed(
      PacketInterceptor hook,
      List<LeaseChange> changes,
      ClientServerMessage message,
      PacketContext context) {
    hook.committed(changes, message, context);
  }
}
