// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.pool.PoolDirectory;
import io.leasehold.pool.PoolHandle;
import io.leasehold.pool.PoolListener;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolSubscription;
import io.leasehold.pool.PoolView;
import io.leasehold.pool.UserTransport;
import io.leasehold.security.Assurance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A pool that is as a test says. A client is of group 1 if its last octet is odd, of group 2 if it
 * is even; within a group the highest rank comes first.
 */
public final class FakePool implements PoolDirectory, PoolSubscription {
  /** What was said to be unreachable. */
  public final List<PoolMember> unreachable = new ArrayList<>();

  /** Who follows. */
  public final List<PoolListener> listeners = new ArrayList<>();

  private PoolHandle handle = PoolHandle.ofText("dhcp6-core");
  private PoolView view = PoolView.unknown(handle, Instant.EPOCH);

  /** A member at 2001:db8::ID. */
  public static PoolMember member(long id, long group, long rank) {
    return member(id, group, rank, UserTransport.UDP);
  }

  /** A member at 2001:db8::ID. */
  public static PoolMember member(long id, long group, long rank, UserTransport transport) {
    return new PoolMember(
        id, group, 1, rank, Ipv6.ofText("2001:db8::" + Long.toHexString(id)), 547, transport, 9);
  }

  /** The pool is as said from now on, and its followers hear that. */
  public void becomes(PoolView.State state, PoolMember... members) {
    view =
        new PoolView(
            handle, state, "client-hash", List.of(members), Instant.EPOCH, Assurance.TRUSTED);
    List.copyOf(listeners).forEach(each -> each.changed(view));
  }

  @Override
  public PoolSubscription follow(PoolHandle followed, PoolListener listener) {
    handle = followed;
    listeners.add(listener);
    return this;
  }

  @Override
  public PoolHandle handle() {
    return handle;
  }

  @Override
  public PoolView view() {
    return view;
  }

  @Override
  public List<PoolMember> candidates(Bytes client) {
    int odd = client.isEmpty() ? 0 : client.at(client.length() - 1) & 1;
    Comparator<PoolMember> byGroup = Comparator.comparing(each -> (each.group() & 1) != odd);
    return view.members().stream()
        .sorted(byGroup.thenComparing(each -> -each.rank()).thenComparing(PoolMember::id))
        .toList();
  }

  @Override
  public void unreachable(PoolMember member) {
    unreachable.add(member);
  }

  @Override
  public void close() {
    listeners.clear();
  }
}
