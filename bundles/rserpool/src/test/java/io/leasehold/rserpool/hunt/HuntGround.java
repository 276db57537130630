// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.hunt;

import io.leasehold.rserpool.session.Caller;
import io.leasehold.security.PeerRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A hunt, and connections that come about when a test says so. */
class HuntGround {
  static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  final RecordedConnections connections = new RecordedConnections();
  final List<String> heard = new ArrayList<>();
  long now = 1000 * SECOND;
  RegistrarHunt hunt;

  final class Homes implements HomeListener {
    @Override
    public void found(long session, Caller caller, long at) {
      heard.add("found " + caller.remote());
    }

    @Override
    public void lost(String why, long at) {
      heard.add("lost: " + why);
    }
  }

  static String address(int registrar) {
    return "192.0.2." + registrar;
  }

  static KnownRegistrar place(int registrar) {
    return KnownRegistrar.parse("tls://" + address(registrar), "pools");
  }

  void hunt(int registrars) {
    hunt(registrars, new Random(1));
  }

  void hunt(int registrars, Random random) {
    List<KnownRegistrar> places =
        IntStream.rangeClosed(1, registrars).mapToObj(HuntGround::place).toList();
    HuntSettings settings = HuntSettings.of(places, HuntSettings.FIRST_ROUND);
    hunt = new RegistrarHunt(settings, connections, new Homes(), random, now);
    hunt.start(now);
  }

  void open(String address) {
    long session = connections.to(address);
    hunt.opened(session, RecordedConnections.proved(address, PeerRole.ENRP_SERVER), now);
  }

  void end(long session, String why) {
    connections.forget(session);
    hunt.ended(session, why, now);
  }

  void pass(long seconds) {
    now += seconds * SECOND;
    if (now - hunt.deadline() >= 0) {
      hunt.onTimer(now);
    }
  }
}
