// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pool;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.hop.Application;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.session.Sessions;
import io.leasehold.rserpool.wire.Decoded;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.enrp.EnrpMessage;
import io.leasehold.rserpool.wire.enrp.HandleTableRequest;
import io.leasehold.rserpool.wire.enrp.HandleTableResponse;
import io.leasehold.rserpool.wire.enrp.HandleUpdate;
import io.leasehold.rserpool.wire.enrp.InitTakeover;
import io.leasehold.rserpool.wire.enrp.InitTakeoverAck;
import io.leasehold.rserpool.wire.enrp.ListRequest;
import io.leasehold.rserpool.wire.enrp.ListResponse;
import io.leasehold.rserpool.wire.enrp.PoolEntry;
import io.leasehold.rserpool.wire.enrp.Presence;
import io.leasehold.rserpool.wire.enrp.TakeoverServer;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.rserpool.wire.parameter.ServerInformation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A registrar in bad hands (RFC 5355 section 2.17): it has the right to be one, and lies. */
final class Liar extends Rogue {
  private final long self;
  private final Ipv6 address;

  Liar(Sessions sessions, List<SimRegistrar> registrars, RandomGenerator random, Ipv6 address) {
    super(sessions, registrars, random, 3000);
    this.address = address;
    this.self = 1 + Integer.toUnsignedLong(random.nextInt() >>> 1);
  }

  @Override
  List<Application> applications() {
    return List.of(Application.ENRP);
  }

  @Override
  public void opened(long session, Caller caller, long now) {
    super.opened(session, caller, now);
    send(session, presence());
  }

  private void send(long session, EnrpMessage message) {
    sessions.send(session, message.encode());
  }

  private Presence presence() {
    return new Presence(
        self,
        EnrpMessage.EVERYBODY,
        random.nextBoolean(),
        random.nextInt(0x10000),
        Optional.of(
            new ServerInformation(
                self, List.of(PortTransport.tcp(address, Application.ENRP.streamPort())))));
  }

  @Override
  public void message(long session, Bytes octets, long now) {
    try {
      if (EnrpMessage.decode(octets) instanceof Decoded.Accepted<EnrpMessage> accepted) {
        answer(session, accepted.message());
      }
    } catch (MalformedPacketException e) {
      throw new AssertionError("a registrar sends what nobody can read", e);
    }
  }

  private void answer(long session, EnrpMessage message) {
    if (message instanceof Presence asked && asked.replyRequired()) {
      send(session, presence());
    } else if (message instanceof ListRequest) {
      send(session, new ListResponse(self, message.sender(), true, List.of()));
    } else if (message instanceof HandleTableRequest request) {
      boolean isRejected = !request.ownOnly();
      List<PoolEntry> entries =
          isRejected
              ? List.of()
              : anyElement()
                  .filter(each -> each.getValue().home() != self)
                  .map(each -> new PoolEntry(each.getKey().handle(), List.of(each.getValue())))
                  .stream()
                  .toList();
      send(session, new HandleTableResponse(self, message.sender(), false, isRejected, entries));
    } else if (message instanceof InitTakeover init) {
      send(session, new InitTakeoverAck(self, message.sender(), init.target()));
    }
  }

  @Override
  void act(long session, Application application) {
    Optional<Map.Entry<ElementKey, PoolElement>> element = anyElement();
    Optional<SimRegistrar> registrar = anyRegistrar();
    if (element.isEmpty() || registrar.isEmpty()) {
      return;
    }
    ElementKey key = element.get().getKey();
    PoolElement known = element.get().getValue();
    long server = registrar.get().serverId();
    EnrpMessage lie =
        switch (random.nextInt(8)) {
          case 0, 1 -> update(HandleUpdate.DEL_PE, key, known);
          case 2 -> update(HandleUpdate.DEL_PE, key, known.ownedBy(self));
          case 3 -> update(HandleUpdate.ADD_PE, key, madeUp(known, server, address));
          case 4 -> new TakeoverServer(self, EnrpMessage.EVERYBODY, server);
          case 5 -> new InitTakeover(self, EnrpMessage.EVERYBODY, server);
          case 6 ->
              new Presence(
                  server, EnrpMessage.EVERYBODY, true, random.nextInt(0x10000), Optional.empty());
          default -> presence();
        };
    send(session, lie);
  }

  private HandleUpdate update(int action, ElementKey key, PoolElement element) {
    return new HandleUpdate(self, EnrpMessage.EVERYBODY, action, key.handle(), element);
  }
}
