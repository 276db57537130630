// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.hook.LeaseVerdict;
import io.leasehold.hook.Moment;
import io.leasehold.hook.PacketContext;
import io.leasehold.hook.PacketInterceptor;
import io.leasehold.hook.SelectedLease;
import io.leasehold.lease.LeaseChange;
import java.util.List;
import java.util.Optional;

/** The methods of interceptors for messages of DHCPv4. */
public enum Calls4 implements Interceptors.Calls<Dhcp4Message> {
  /** The only one. */
  INSTANCE;

  @Override
  public Optional<Dhcp4Message> message(
      PacketInterceptor hook, Moment moment, Dhcp4Message message, PacketContext context) {
    return hook.message(moment, message, context);
  }

  @Override
  public LeaseVerdict selected(
      PacketInterceptor hook, SelectedLease lease, Dhcp4Message message, PacketContext context) {
    return hook.selected(lease, message, context);
  }

  @Override
  public void committed(
      PacketInterceptor hook,
      List<LeaseChange> changes,
      Dhcp4Message message,
      PacketContext context) {
    hook.committed(changes, message, context);
  }
}
