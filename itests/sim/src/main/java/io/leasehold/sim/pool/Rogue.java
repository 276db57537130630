// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pool;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.session.Sessions;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Somebody who connects to registrars, again and again, and says what should not be said. */
abstract class Rogue implements SessionEvents {
  private static final long NANOS = 1_000_000;

  /** Which registrars there are, and what they know, which it may know as well. */
  private final List<SimRegistrar> registrars;

  private final Map<String, Long> links = new HashMap<>();
  private final Map<Long, Caller> open = new HashMap<>();
  private final long mostPauseMillis;
  private long next;
  protected final Sessions sessions;
  protected final RandomGenerator random;

  Rogue(
      Sessions sessions,
      List<SimRegistrar> registrars,
      RandomGenerator random,
      long mostPauseMillis) {
    this.sessions = sessions;
    this.registrars = registrars;
    this.random = random;
    this.mostPauseMillis = mostPauseMillis;
  }

  /** What it speaks. */
  abstract List<Application> applications();

  /** Does something on a connection. */
  abstract void act(long session, Application application);

  @Override
  public void opened(long session, Caller caller, long now) {
    open.put(session, caller);
  }

  @Override
  public void ended(long session, String why, long now) {
    open.remove(session);
    links.values().remove(session);
  }

  @Override
  public void onTimer(long now) {
    if (now < next) {
      return;
    }
    next = now + NANOS * random.nextLong(1, mostPauseMillis);
    for (SimRegistrar each : registrars) {
      for (Application application : applications()) {
        links.computeIfAbsent(
            each + " " + application, name -> sessions.connect(spec(each, application)));
      }
    }
    List<Long> all = new ArrayList<>(open.keySet());
    if (!all.isEmpty()) {
      long session = all.get(random.nextInt(all.size()));
      act(session, open.get(session).application());
    }
  }

  private static ConnectSpec spec(SimRegistrar to, Application application) {
    return new ConnectSpec(
        application,
        to.machine().address(),
        application.streamPort(),
        SimRegistrar.CHANNEL,
        PeerSelector.anyOf(PeerRole.ENRP_SERVER),
        false);
  }

  @Override
  public long deadline() {
    return next;
  }

  /** A registrar that is on, if there is one. */
  Optional<SimRegistrar> anyRegistrar() {
    List<SimRegistrar> on = registrars.stream().filter(SimRegistrar::isOn).toList();
    return on.isEmpty() ? Optional.empty() : Optional.of(on.get(random.nextInt(on.size())));
  }

  /** A pool element that some registrar knows, if there is one. */
  Optional<Map.Entry<ElementKey, PoolElement>> anyElement() {
    List<Map.Entry<ElementKey, PoolElement>> known =
        anyRegistrar().map(each -> List.copyOf(each.content().entrySet())).orElse(List.of());
    return known.isEmpty()
        ? Optional.empty()
        : Optional.of(known.get(random.nextInt(known.size())));
  }

  /** One that is nowhere, like one that is somewhere. */
  PoolElement madeUp(PoolElement like, long home, Ipv6 address) {
    return new PoolElement(
        Integer.toUnsignedLong(random.nextInt()),
        home,
        300,
        PortTransport.udp(address, like.userTransport().port()),
        like.policy(),
        Optional.empty());
  }

  PoolHandle anyHandle() {
    return anyElement().map(each -> each.getKey().handle()).orElse(PoolHandle.of("made-up"));
  }

  /** Octets that are not much. */
  Bytes garbage() {
    byte[] octets = new byte[4 * random.nextInt(1, 20)];
    random.nextBytes(octets);
    octets[0] = (byte) random.nextInt(16);
    octets[2] = 0;
    octets[3] = (byte) octets.length;
    return Bytes.wrap(octets);
  }
}
