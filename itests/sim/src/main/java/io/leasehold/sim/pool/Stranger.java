// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pool;

import io.leasehold.hop.Application;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.session.Sessions;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.asap.Deregistration;
import io.leasehold.rserpool.wire.asap.EndpointKeepAliveAck;
import io.leasehold.rserpool.wire.asap.EndpointUnreachable;
import io.leasehold.rserpool.wire.asap.HandleResolution;
import io.leasehold.rserpool.wire.asap.Registration;
import io.leasehold.rserpool.wire.enrp.EnrpMessage;
import io.leasehold.rserpool.wire.enrp.HandleUpdate;
import io.leasehold.rserpool.wire.enrp.Presence;
import io.leasehold.rserpool.wire.enrp.TakeoverServer;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * Somebody who floods registrars (RFC 5355 sections 2.1 to 2.4 and 2.13): one who has proved
 * nothing, or a pool element of another pool.
 */
final class Stranger extends Rogue {
  private static final int MOST_AT_ONCE = 40;

  private final Ipv6 address;

  Stranger(Sessions sessions, List<SimRegistrar> registrars, RandomGenerator random, Ipv6 address) {
    super(sessions, registrars, random, 4000);
    this.address = address;
  }

  @Override
  List<Application> applications() {
    return List.of(Application.ASAP, Application.ENRP);
  }

  @Override
  public void message(long session, Bytes message, long now) {
    // It does not listen.
  }

  @Override
  void act(long session, Application application) {
    Optional<Map.Entry<ElementKey, PoolElement>> element = anyElement();
    for (int i = random.nextInt(MOST_AT_ONCE); i > 0 && element.isPresent(); i--) {
      ElementKey key = element.get().getKey();
      PoolElement known = element.get().getValue();
      sessions.send(session, application == Application.ASAP ? asap(key, known) : enrp(key, known));
    }
  }

  private Bytes asap(ElementKey key, PoolElement known) {
    return switch (random.nextInt(7)) {
      case 0 -> new Registration(key.handle(), madeUp(known, 0, address)).encode();
      case 1 -> new Registration(key.handle(), known.ownedBy(0)).encode();
      case 2 -> new Deregistration(key.handle(), key.identifier()).encode();
      case 3 -> new EndpointUnreachable(key.handle(), key.identifier()).encode();
      case 4 -> new HandleResolution(true, anyHandle(), OptionalLong.empty()).encode();
      case 5 -> new EndpointKeepAliveAck(key.handle(), key.identifier()).encode();
      default -> garbage();
    };
  }

  private Bytes enrp(ElementKey key, PoolElement known) {
    long self = 1 + random.nextInt(1 << 20);
    return switch (random.nextInt(5)) {
      case 0 ->
          update(HandleUpdate.ADD_PE, known.home(), key, madeUp(known, known.home(), address));
      case 1 -> update(HandleUpdate.DEL_PE, known.home(), key, known);
      case 2 -> new Presence(self, EnrpMessage.EVERYBODY, true, 7, Optional.empty()).encode();
      case 3 -> new TakeoverServer(self, EnrpMessage.EVERYBODY, known.home()).encode();
      default -> garbage();
    };
  }

  private static Bytes update(int action, long sender, ElementKey key, PoolElement element) {
    return new HandleUpdate(sender, EnrpMessage.EVERYBODY, action, key.handle(), element).encode();
  }
}
