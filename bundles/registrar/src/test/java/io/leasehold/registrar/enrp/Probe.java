// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.wire.enrp.EnrpMessage;
import io.leasehold.rserpool.wire.enrp.Presence;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.rserpool.wire.parameter.ServerInformation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Another registrar of which each message is said, or somebody who would like to be one. */
final class Probe implements World.End, SessionEvents {
  final World world;
  final long id;
  final Ipv6 address;
  final List<EnrpMessage> heard = new ArrayList<>();
  Caller caller;
  long session;
  boolean isOver;
  boolean isDown;

  /** Whether it says that it is there when it is asked, and every second. */
  boolean isAlive = true;

  private long nextBeat = NEVER;
  private int checksum = 0xffff;

  Probe(World world, int number, long id, Caller caller) {
    this.world = world;
    this.id = id;
    this.address = World.address(number);
    this.caller = caller;
    world.add(this);
  }

  /** Connects, and says that it is there. */
  Probe join(Host host) {
    dial(host);
    say(presence(0xffff, false));
    nextBeat = world.now;
    return this;
  }

  Probe dial(Host host) {
    session = world.connect(this, World.to(host.address));
    settle();
    return this;
  }

  void settle() {
    world.run(Duration.ofMillis(20));
  }

  Presence presence(int sum, boolean isReplyRequired) {
    checksum = sum;
    ServerInformation self =
        new ServerInformation(id, List.of(PortTransport.tcp(address, World.PORT)));
    return new Presence(id, 0, isReplyRequired, sum, Optional.of(self));
  }

  void say(EnrpMessage message) {
    say(message.encode());
  }

  void say(Bytes octets) {
    world.send(this, session, octets);
    settle();
  }

  <M extends EnrpMessage> List<M> heard(Class<M> kind) {
    return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Override
  public Ipv6 address() {
    return address;
  }

  @Override
  public Caller caller() {
    return caller;
  }

  @Override
  public SessionEvents events() {
    return isDown ? null : this;
  }

  @Override
  public void opened(long number, Caller who, long now) {
    session = number;
    isOver = false;
  }

  @Override
  public void message(long number, Bytes octets, long now) {
    EnrpMessage message = World.read(octets).orElseThrow();
    heard.add(message);
    if (isAlive && message instanceof Presence asked && asked.replyRequired()) {
      world.send(this, number, presence(checksum, false).encode());
    }
  }

  @Override
  public void ended(long number, String why, long now) {
    isOver |= number == session;
  }

  @Override
  public void onTimer(long now) {
    nextBeat = now + Duration.ofSeconds(1).toNanos();
    if (isAlive && !isOver) {
      world.send(this, session, presence(checksum, false).encode());
    }
  }

  @Override
  public long deadline() {
    return nextBeat;
  }
}
