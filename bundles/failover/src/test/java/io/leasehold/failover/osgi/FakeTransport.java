// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.osgi;

import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopSession;
import io.leasehold.hop.ListenSpec;
import io.leasehold.hop.SessionTransport;
import io.leasehold.hop.SessionUser;
import io.leasehold.transport.Binding;
import io.leasehold.transport.EndpointStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps what it is asked. */
final class FakeTransport implements SessionTransport {
  final List<ConnectSpec> tried = new ArrayList<>();
  final List<ListenSpec> listening = new ArrayList<>();
  final List<SessionUser> users = new ArrayList<>();
  FakeSession session = new FakeSession();

  @Override
  public Binding accept(ListenSpec spec, boolean startTls, SessionUser user) {
    if (!startTls) {
      throw new IllegalStateException("failover begins TLS with STARTTLS");
    }
    listening.add(spec);
    users.add(user);
    return new Binding() {
      @Override
      public List<EndpointStatus> endpoints() {
        return List.of();
      }

      @Override
      public Map<String, Long> counters() {
        return Map.of();
      }

      @Override
      public void close() {
        listening.remove(spec);
      }
    };
  }

  @Override
  public HopSession connect(ConnectSpec spec, SessionUser user) {
    tried.add(spec);
    users.add(user);
    return session;
  }
}
