// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.sim;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v4.Dhcp4Options;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.LeaseKey;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.HardwareAddress;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * A DHCPv4 client as a state machine (RFC 2131 section 4.4, figure 5): discovers, requests, renews,
 * rebinds, reboots, gives back, declines, is switched off, and begins again. It counts lease times
 * from the first transmission of its question, so that it never believes longer in a lease than its
 * server.
 */
public final class SimDhcp4Client implements SimHost {
  /** Address of the simulated relay agent. */
  public static final Ipv4 RELAY = Ipv4.ofText("10.2.0.1");

  // RFC 2131 section 4.1.
  private static final Retransmission DISCOVER = new Retransmission(4000, 64_000, 0);
  private static final Retransmission REQUEST = new Retransmission(4000, 64_000, 4);
  private static final Retransmission EXTEND = new Retransmission(10_000, 60_000, 0);

  /**
   * What it asks.
   *
   * @param requested option 50; unspecified for none
   * @param own ciaddr
   * @param server option 54; unspecified for none
   * @param toAll whether all servers are asked
   */
  private record Ask(
      int type, int transactionId, Ipv4 requested, Ipv4 own, Ipv4 server, boolean toAll) {}

  private final SimWorld world;
  private final SimNetwork network;
  private final String name;
  private final String node;
  private final Script script;
  private final RandomGenerator random;
  private final ClientLife<Ask> life;
  private final HardwareAddress hardware;
  private Ipv4 address = Ipv4.UNSPECIFIED;
  private Ipv4 server = Ipv4.UNSPECIFIED;
  private long untilMillis;
  private long renewAt;
  private long rebindAt;
  private long bindings;
  private Predicate<LeaseKey> lasting = key -> true;
  private Beliefs beliefs = Beliefs.UNHEARD;
  private Function<Ipv4, String> nodes;

  /**
   * A client that is off; {@link #start} switches it on.
   *
   * @param number gives its hardware address and its place on the network, {@code dhcp4-client-N}
   * @param node name of the server's node
   */
  public SimDhcp4Client(
      SimWorld world, SimNetwork network, int number, String node, Script script) {
    this.world = world;
    this.network = network;
    this.name = "dhcp4-client-" + number;
    this.node = node;
    this.nodes = address -> node;
    this.script = script;
    this.random = world.random(name);
    this.life = new ClientLife<>(world, random, this::send);
    this.hardware =
        new HardwareAddress(
            HardwareAddress.ETHERNET, Bytes.of(2, 0, 0, 0, number >> 8 & 255, number & 255));
    network.attach(name, (from, payload) -> receive(Dhcp4Message.decode(payload)));
  }

  /** Where what is for one server goes. */
  public SimDhcp4Client knowing(Function<Ipv4, String> nodesOfServers) {
    nodes = nodesOfServers;
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ClientIdentity identity() {
    return identity(hardware);
  }

  /** Who a client without an identifier of its own is to its server. */
  public static ClientIdentity identity(HardwareAddress hardware) {
    Bytes address = hardware.address();
    byte[] value = new byte[1 + address.length()];
    value[0] = (byte) hardware.type();
    address.copyTo(value, 1);
    return new ClientIdentity(ClientIdentity.Type.HARDWARE, Bytes.wrap(value));
  }

  @Override
  public int wants() {
    return 1;
  }

  @Override
  public Map<LeaseKey, Long> held() {
    return isBound() ? Map.of(key(address), untilMillis) : Map.of();
  }

  /** The key of a lease on an address. */
  public static LeaseKey key(Ipv4 address) {
    return LeaseKey.address(Family.IPV4, Ipv6.mapped(address));
  }

  private boolean isBound() {
    return !address.isUnspecified() && untilMillis > world.millis();
  }

  @Override
  public long bindings() {
    return bindings;
  }

  @Override
  public long iaidOf(LeaseKey key) {
    return 0;
  }

  @Override
  public void lasting(Predicate<LeaseKey> other) {
    lasting = other;
  }

  @Override
  public void tell(Beliefs listener) {
    beliefs = listener;
  }

  @Override
  public void start(long delayMillis) {
    life.plan(delayMillis, this::discover);
  }

  @Override
  public void giveBack() {
    if (isBound()) {
      release();
    }
  }

  @Override
  public void rest() {
    life.rest();
  }

  @Override
  public void leave() {
    world.note(name + " leaves");
    address = Ipv4.UNSPECIFIED;
    life.dropPlans();
  }

  private void send(SimExchange<Ask> current) {
    say(current.question());
  }

  private Bytes write(Ask ask) {
    Options.Builder options = Options.builder().add(Dhcp4Options.MESSAGE_TYPE, ask.type());
    if (!ask.requested().isUnspecified()) {
      options.add(Dhcp4Options.REQUESTED_ADDRESS, ask.requested());
    }
    if (!ask.server().isUnspecified()) {
      options.add(Dhcp4Options.SERVER_ID, ask.server());
    }
    if (ask.type() == Dhcp4MessageType.DISCOVER && script.rapidCommit()) {
      options.add(Dhcp4Options.RAPID_COMMIT, Bytes.EMPTY);
    }
    return Dhcp4Message.builder()
        .op(Dhcp4Message.BOOT_REQUEST)
        .transactionId(ask.transactionId())
        // Which way a renewal goes cannot be seen here: whoever asks all wants a broadcast too.
        .flags(ask.toAll() ? Dhcp4Message.BROADCAST : 0)
        .clientAddress(ask.own())
        .relayAddress(script.relayed() && ask.toAll() ? RELAY : Ipv4.UNSPECIFIED)
        .hardware(hardware)
        .options(options.build())
        .build()
        .encode();
  }

  private Ask ask(int type, Ipv4 requested, Ipv4 own, Ipv4 to, boolean toAll) {
    return new Ask(type, random.nextInt(), requested, own, to, toAll);
  }

  private void discover() {
    Ipv4 wish = random.nextBoolean() ? address : Ipv4.UNSPECIFIED;
    address = Ipv4.UNSPECIFIED;
    life.begin(
        ask(Dhcp4MessageType.DISCOVER, wish, Ipv4.UNSPECIFIED, Ipv4.UNSPECIFIED, true),
        new Patience(DISCOVER, Long.MAX_VALUE, this::discover));
  }

  private void receive(Dhcp4Message answer) {
    SimExchange<Ask> exchange = life.exchange();
    if (exchange == null
        || exchange.question().transactionId() != answer.transactionId()
        || !answer.hardwareAddress().equals(hardware.address())) {
      return;
    }
    boolean discovering = exchange.question().type() == Dhcp4MessageType.DISCOVER;
    switch (answer.type()) {
      case Dhcp4MessageType.OFFER -> {
        if (discovering) {
          select(answer);
        }
      }
      case Dhcp4MessageType.ACK -> {
        if (!discovering || answer.options().has(Dhcp4Options.RAPID_COMMIT)) {
          bind(answer, exchange.started());
        }
      }
      case Dhcp4MessageType.NAK -> {
        if (!discovering) {
          refused(exchange.question());
        }
      }
      default -> throw new AssertionError(name + " got " + answer);
    }
  }

  private void select(Dhcp4Message offer) {
    Ipv4 chosen = offer.options().first(Dhcp4Options.SERVER_ID).orElseThrow();
    beliefs.selects(this, key(offer.yourAddress()));
    life.begin(
        ask(Dhcp4MessageType.REQUEST, offer.yourAddress(), Ipv4.UNSPECIFIED, chosen, true),
        new Patience(REQUEST, Long.MAX_VALUE, this::discover));
  }

  private void bind(Dhcp4Message ack, long started) {
    if (isBound() && !address.equals(ack.yourAddress())) {
      throw new AssertionError(name + " holds " + address + " and was given " + ack);
    }
    boolean first = !isBound();
    server = ack.options().first(Dhcp4Options.SERVER_ID).orElseThrow();
    address = ack.yourAddress();
    long seconds = ack.options().first(Dhcp4Options.LEASE_TIME).orElseThrow();
    untilMillis = started + seconds * 1000;
    renewAt = started + seconds * 500;
    rebindAt = started + seconds * 875;
    bindings++;
    beliefs.holds(this, key(address), started, untilMillis);
    world.note(name + " holds " + held().keySet());
    if (first && isBound() && life.mischief(script.declinePercent())) {
      decline();
    } else {
      stayBound();
      mischief(seconds * 1000);
    }
  }

  private void mischief(long leaseMillis) {
    long when = random.nextLong(leaseMillis);
    if (life.mischief(script.releasePercent())) {
      life.plan(when, () -> life.unlessResting(this::release));
    } else if (life.mischief(script.confirmPercent())) {
      life.plan(when, () -> life.unlessResting(this::reboot));
    } else if (life.mischief(script.vanishPercent())) {
      life.plan(when, () -> life.unlessResting(this::vanish));
    }
  }

  /** A DHCPNAK must not take away what is valid, unless a plan did. */
  private void refused(Ask question) {
    boolean selecting = !question.server().isUnspecified();
    if (!selecting && isBound() && lasting.test(key(address))) {
      throw new AssertionError(name + " was told to stop using " + address);
    }
    address = Ipv4.UNSPECIFIED;
    life.dropPlans();
    life.plan(random.nextLong(1000, 10_000), this::discover);
  }

  private void stayBound() {
    life.dropPlans();
    if (!isBound()) {
      life.plan(0, this::discover);
    } else if (rebindAt <= world.millis()) {
      life.plan(0, this::rebind);
    } else {
      life.plan(Math.max(0, renewAt - world.millis()), this::renew);
    }
  }

  private void renew() {
    extend(false, rebindAt, this::rebind);
  }

  private void rebind() {
    extend(true, untilMillis, this::discover);
  }

  private void extend(boolean toAll, long deadlineMillis, Runnable whenOver) {
    if (!isBound()) {
      discover();
      return;
    }
    life.begin(
        ask(Dhcp4MessageType.REQUEST, Ipv4.UNSPECIFIED, address, Ipv4.UNSPECIFIED, toAll),
        new Patience(EXTEND, deadlineMillis, whenOver));
  }

  /** RFC 2131 section 3.2: without an answer it goes on while its lease lasts. */
  private void reboot() {
    world.note(name + " has its link back");
    if (!isBound()) {
      discover();
      return;
    }
    life.begin(
        ask(Dhcp4MessageType.REQUEST, address, Ipv4.UNSPECIFIED, Ipv4.UNSPECIFIED, true),
        new Patience(REQUEST, world.millis() + 30_000, this::stayBound));
  }

  private void release() {
    if (isBound()) {
      world.note(name + " gives its address back");
      beliefs.gives(this, key(address));
      say(ask(Dhcp4MessageType.RELEASE, Ipv4.UNSPECIFIED, address, server, false));
    }
    stayAway();
  }

  private void decline() {
    world.note(name + " declines " + address);
    beliefs.declines(this, key(address));
    say(ask(Dhcp4MessageType.DECLINE, address, Ipv4.UNSPECIFIED, server, true));
    address = Ipv4.UNSPECIFIED;
    life.dropPlans();
    // RFC 2131 section 3.1: at least ten seconds.
    life.plan(random.nextLong(10_000, 20_000), this::discover);
  }

  private void say(Ask ask) {
    network.send(name, ask.toAll() ? node : nodes.apply(server), write(ask));
  }

  private void vanish() {
    world.note(name + " is switched off");
    stayAway();
  }

  private void stayAway() {
    address = Ipv4.UNSPECIFIED;
    life.dropPlans();
    life.plan(script.quietMillis() + random.nextLong(60_000), this::discover);
  }
}
