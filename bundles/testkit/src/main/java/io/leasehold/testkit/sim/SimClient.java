// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.sim;

import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Ipv6;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * A DHCPv6 client as a state machine (RFC 8415 section 18.2): solicits, requests, renews, rebinds,
 * confirms, gives back, declines, is switched off, and begins again. It counts lifetimes from the
 * first transmission of its question, so that it never believes longer in a lease than its server.
 */
public final class SimClient implements SimHost {
  private record Binding(Association association, long untilMillis) {}

  private final SimWorld world;
  private final SimNetwork network;
  private final String name;
  private final String server;
  private final Script script;
  private final RandomGenerator random;
  private final ClientLife<Question> life;
  private final ClientMessages messages;
  private final Bytes duid;
  private final List<Association> associations = new ArrayList<>();
  private final Map<LeaseKey, Binding> held = new LinkedHashMap<>();
  private Duid serverId;
  private Predicate<LeaseKey> lasting = key -> true;
  private Beliefs beliefs = Beliefs.UNHEARD;
  private long renewAt;
  private long rebindAt;
  private long bindings;

  /**
   * A client that is off; {@link #start} switches it on.
   *
   * @param number gives its DUID and its place on the network, {@code client-N}
   * @param server name of the server's node
   */
  public SimClient(SimWorld world, SimNetwork network, int number, String server, Script script) {
    this.world = world;
    this.network = network;
    this.name = "client-" + number;
    this.server = server;
    this.script = script;
    this.random = world.random(name);
    this.life = new ClientLife<>(world, random, this::send);
    this.duid = Bytes.of(0, 3, 0, 1, 2, 0, 0, 0, number >> 8 & 255, number & 255);
    Ipv6 linkLocal = new Ipv6(0xfe80L << 48, number + 1L);
    this.messages = new ClientMessages(new Duid(duid), linkLocal, script.relayed());
    for (int i = 0; i < script.addresses(); i++) {
      associations.add(new Association(LeaseKind.IA_NA, i + 1L));
    }
    for (int i = 0; i < script.prefixes(); i++) {
      associations.add(new Association(LeaseKind.IA_PD, i + 1L));
    }
    network.attach(name, (from, payload) -> receive(ServerAnswer.decode(payload)));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ClientIdentity identity() {
    return new ClientIdentity(ClientIdentity.Type.DUID, duid);
  }

  @Override
  public int wants() {
    return associations.size();
  }

  @Override
  public Map<LeaseKey, Long> held() {
    Map<LeaseKey, Long> valid = new LinkedHashMap<>();
    held.forEach(
        (key, binding) -> {
          if (binding.untilMillis() > world.millis()) {
            valid.put(key, binding.untilMillis());
          }
        });
    return valid;
  }

  @Override
  public long bindings() {
    return bindings;
  }

  @Override
  public long iaidOf(LeaseKey key) {
    return held.get(key).association().iaid();
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
    plan(delayMillis, this::solicit);
  }

  @Override
  public void giveBack() {
    if (!held().isEmpty()) {
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
    held.clear();
    life.dropPlans();
  }

  private void plan(long delayMillis, Runnable action) {
    life.plan(delayMillis, action);
  }

  private void begin(int type, Map<Association, List<LeaseKey>> about, Patience patience) {
    boolean toAll =
        type == Dhcp6MessageType.SOLICIT
            || type == Dhcp6MessageType.REBIND
            || type == Dhcp6MessageType.CONFIRM;
    boolean rapid = type == Dhcp6MessageType.SOLICIT && script.rapidCommit();
    int transactionId = random.nextInt(1 << 24);
    Question question = new Question(type, transactionId, toAll ? null : serverId, rapid, about);
    life.begin(question, patience);
  }

  private void begin(
      int type, Map<Association, List<LeaseKey>> about, Retransmission pattern, Runnable whenOver) {
    begin(type, about, new Patience(pattern, Long.MAX_VALUE, whenOver));
  }

  private void send(SimExchange<Question> current) {
    long elapsed = world.millis() - current.started();
    network.send(name, server, messages.write(current.question(), elapsed));
  }

  private void solicit() {
    Map<Association, List<LeaseKey>> wish = new LinkedHashMap<>();
    for (Association association : associations) {
      List<LeaseKey> before =
          held.entrySet().stream()
              .filter(e -> e.getValue().association().equals(association))
              .map(Map.Entry::getKey)
              .toList();
      wish.put(association, random.nextBoolean() ? before : List.of());
    }
    held.clear();
    beliefs.begins(this);
    begin(Dhcp6MessageType.SOLICIT, wish, Retransmission.SOLICIT, this::solicit);
  }

  private void receive(ServerAnswer answer) {
    SimExchange<Question> exchange = life.exchange();
    if (exchange == null
        || exchange.question().transactionId() != answer.transactionId()
        || !answer.client().equals(duid)) {
      return;
    }
    int question = exchange.question().type();
    if (answer.type() == Dhcp6MessageType.ADVERTISE) {
      if (question == Dhcp6MessageType.SOLICIT && !answer.grants().isEmpty()) {
        request(answer);
      }
      return;
    }
    switch (question) {
      case Dhcp6MessageType.SOLICIT -> {
        if (script.rapidCommit()) {
          bind(answer);
        }
      }
      case Dhcp6MessageType.RELEASE -> stayAway();
      case Dhcp6MessageType.DECLINE -> afterDecline();
      case Dhcp6MessageType.CONFIRM -> confirmed(answer);
      case Dhcp6MessageType.RENEW, Dhcp6MessageType.REBIND -> extend(answer);
      default -> bind(answer);
    }
  }

  private void request(ServerAnswer advertise) {
    serverId = new Duid(advertise.serverId());
    Map<Association, List<LeaseKey>> wish = new LinkedHashMap<>();
    associations.forEach(association -> wish.put(association, new ArrayList<>()));
    advertise.grants().forEach(grant -> wish.get(association(grant)).add(grant.key()));
    begin(Dhcp6MessageType.REQUEST, wish, Retransmission.REQUEST, this::solicit);
  }

  private static Association association(ServerAnswer.Grant grant) {
    return new Association(grant.key().kind(), grant.iaid());
  }

  private void bind(ServerAnswer reply) {
    boolean first = held().isEmpty();
    take(reply);
    world.note(name + " holds " + held().keySet());
    if (held().isEmpty()) {
      life.dropPlans();
      plan(random.nextLong(1000, 10_000), this::solicit);
    } else if (first && life.mischief(script.declinePercent())) {
      decline();
    } else {
      stayBound(reply);
    }
  }

  /** A Reply to Renew or Rebind must not take away what is valid, unless a plan did. */
  private void extend(ServerAnswer reply) {
    Map<LeaseKey, Long> before = held();
    for (ServerAnswer.Refusal refusal : reply.refusals()) {
      Association association = new Association(refusal.kind(), refusal.iaid());
      boolean holds =
          before.keySet().stream()
              .anyMatch(k -> held.get(k).association().equals(association) && lasting.test(k));
      if (holds && refusal.status() == Dhcp6StatusCode.NO_BINDING) {
        throw new AssertionError(name + " lost " + association + " of " + before);
      }
    }
    for (ServerAnswer.Grant grant : reply.grants()) {
      if (grant.valid() == 0 && before.containsKey(grant.key()) && lasting.test(grant.key())) {
        throw new AssertionError(name + " was told to stop using " + grant.key());
      }
    }
    bind(reply);
  }

  private void take(ServerAnswer reply) {
    serverId = new Duid(reply.serverId());
    held.values().removeIf(binding -> binding.untilMillis() <= world.millis());
    for (ServerAnswer.Grant grant : reply.grants()) {
      if (grant.valid() > 0) {
        long until = life.exchange().started() + grant.valid() * 1000;
        bindings++;
        held.put(grant.key(), new Binding(association(grant), until));
        beliefs.holds(this, grant.key(), life.exchange().started(), until);
      } else if (held.remove(grant.key()) != null) {
        beliefs.gives(this, grant.key());
      }
    }
  }

  private void stayBound(ServerAnswer reply) {
    long started = life.exchange().started();
    long t1 = reply.grants().stream().mapToLong(ServerAnswer.Grant::t1).min().orElse(60);
    long t2 = reply.grants().stream().mapToLong(ServerAnswer.Grant::t2).min().orElse(90);
    renewAt = started + t1 * 1000;
    rebindAt = started + t2 * 1000;
    stayBound();
    // A reply may say only what is no more.
    long lease =
        Math.max(1, reply.grants().stream().mapToLong(ServerAnswer.Grant::valid).max().orElse(60));
    if (life.mischief(script.releasePercent())) {
      plan(random.nextLong(lease * 1000), () -> life.unlessResting(this::release));
    } else if (life.mischief(script.confirmPercent())) {
      plan(random.nextLong(lease * 1000), () -> life.unlessResting(this::confirm));
    } else if (life.mischief(script.vanishPercent())) {
      plan(random.nextLong(lease * 1000), () -> life.unlessResting(this::vanish));
    }
  }

  private void stayBound() {
    life.dropPlans();
    if (held().isEmpty()) {
      plan(0, this::solicit);
    } else if (rebindAt <= world.millis()) {
      plan(0, this::rebind);
    } else {
      plan(Math.max(0, renewAt - world.millis()), () -> renew(rebindAt));
    }
  }

  /** RFC 8415 section 18.2.12: prefixes are asked for by a Rebind. */
  private void confirm() {
    boolean prefixes = held().keySet().stream().anyMatch(k -> k.kind() == LeaseKind.IA_PD);
    world.note(name + " has its link back");
    if (held().isEmpty()) {
      life.dropPlans();
      plan(0, this::solicit);
    } else if (prefixes) {
      rebind();
    } else {
      Patience maxDuration =
          new Patience(Retransmission.CONFIRM, world.millis() + 10_000, this::stayBound);
      begin(Dhcp6MessageType.CONFIRM, everything(), maxDuration);
    }
  }

  private void confirmed(ServerAnswer answer) {
    if (answer.status() == Dhcp6StatusCode.SUCCESS) {
      stayBound();
      return;
    }
    if (held().keySet().stream().allMatch(lasting)) {
      throw new AssertionError(name + " was told that it has moved: " + held().keySet());
    }
    held.clear();
    life.dropPlans();
    plan(0, this::solicit);
  }

  private Map<Association, List<LeaseKey>> everything() {
    Map<Association, List<LeaseKey>> all = new LinkedHashMap<>();
    associations.forEach(association -> all.put(association, new ArrayList<>()));
    held().keySet().forEach(key -> all.get(held.get(key).association()).add(key));
    return all;
  }

  private void renew(long t2Millis) {
    Patience untilT2 = new Patience(Retransmission.RENEW, t2Millis, this::rebind);
    begin(Dhcp6MessageType.RENEW, everything(), untilT2);
  }

  private void rebind() {
    long end = held().values().stream().mapToLong(Long::longValue).max().orElse(world.millis());
    Patience whileValid = new Patience(Retransmission.REBIND, end, this::solicit);
    begin(Dhcp6MessageType.REBIND, everything(), whileValid);
  }

  private void release() {
    Map<Association, List<LeaseKey>> all = everything();
    all.values().removeIf(List::isEmpty);
    all.values().forEach(keys -> keys.forEach(key -> beliefs.gives(this, key)));
    held.clear();
    world.note(name + " gives everything back");
    if (all.isEmpty()) {
      stayAway();
    } else {
      begin(Dhcp6MessageType.RELEASE, all, Retransmission.RELEASE, this::stayAway);
    }
  }

  private void decline() {
    List<LeaseKey> addresses =
        held().keySet().stream().filter(k -> k.kind() == LeaseKind.IA_NA).toList();
    if (addresses.isEmpty()) {
      vanish();
      return;
    }
    LeaseKey declined = addresses.get(random.nextInt(addresses.size()));
    beliefs.declines(this, declined);
    var one = Map.of(held.remove(declined).association(), List.of(declined));
    world.note(name + " declines " + declined);
    begin(Dhcp6MessageType.DECLINE, one, Retransmission.DECLINE, this::afterDecline);
  }

  private void afterDecline() {
    life.dropPlans();
    if (held().isEmpty()) {
      plan(random.nextLong(1000, 5000), this::solicit);
    } else {
      renew(world.millis() + 30_000);
    }
  }

  private void vanish() {
    world.note(name + " is switched off");
    held.clear();
    stayAway();
  }

  private void stayAway() {
    life.dropPlans();
    plan(script.quietMillis() + random.nextLong(60_000), this::solicit);
  }
}
