// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.registrar.Registrar;
import io.leasehold.registrar.core.Notebook;
import io.leasehold.registrar.core.Premises;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.session.Sessions;
import io.leasehold.rserpool.space.Handlespace;
import io.leasehold.rserpool.space.SpaceLimits;
import io.leasehold.rserpool.wire.Decoded;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.asap.Deregistration;
import io.leasehold.rserpool.wire.asap.EndpointKeepAlive;
import io.leasehold.rserpool.wire.asap.EndpointKeepAliveAck;
import io.leasehold.rserpool.wire.asap.EndpointUnreachable;
import io.leasehold.rserpool.wire.asap.HandleResolution;
import io.leasehold.rserpool.wire.asap.HandleResolutionResponse;
import io.leasehold.rserpool.wire.asap.Registration;
import io.leasehold.rserpool.wire.asap.RegistrationResponse;
import io.leasehold.rserpool.wire.parameter.OperationError;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelFacts;
import io.leasehold.security.PeerAuthorizer;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PoolPattern;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/** A registrar, who is connected to it, and time. */
final class Ground implements Sessions, PeerAuthorizer {
  static final PoolHandle POOL = PoolHandle.of("dhcp6-core");
  static final Ipv6 HERE = Ipv6.ofText("192.0.2.1");
  private static final ChannelFacts FACTS =
      new ChannelFacts("TLSv1.3", "TLS_AES_128_GCM_SHA256", "X25519", "own", "psk", Instant.EPOCH);

  final Handlespace space;
  final Notebook notebook;
  final OtherRegistrars others = new OtherRegistrars();
  final Registrar registrar;
  final Map<Long, Deque<AsapMessage>> sent = new HashMap<>();
  final List<Long> closed = new ArrayList<>();
  final List<ConnectSpec> connects = new ArrayList<>();
  final Set<Long> stuck = new HashSet<>();
  final Map<String, PoolPattern> pools = new HashMap<>();
  final Map<String, Prefix> scopes = new HashMap<>();

  /** Which keep-alives were sent when, in milliseconds. */
  final List<Asked> asked = new ArrayList<>();

  private final Map<Long, Set<ElementKey>> answering = new HashMap<>();
  private final Deque<Runnable> soon = new ArrayDeque<>();
  private long sessions;
  long now;

  /** A keep-alive that was sent. */
  record Asked(long session, EndpointKeepAlive message, long millis) {}

  Ground() {
    this(AsapSettings.DEFAULT);
  }

  Ground(AsapSettings settings) {
    this(settings, SpaceLimits.DEFAULT, true);
  }

  Ground(AsapSettings settings, SpaceLimits limits, boolean isSecure) {
    Random random = new Random(7);
    space = new Handlespace(limits, random);
    notebook = new Notebook(() -> Instant.EPOCH.plusNanos(now), what -> {});
    Premises premises = new Premises(space, this, random, notebook, isSecure);
    registrar = new Registrar(settings, premises, this, others);
  }

  static Ground insecure() {
    return new Ground(AsapSettings.DEFAULT, SpaceLimits.DEFAULT, false);
  }

  // Sessions

  @Override
  public long connect(ConnectSpec to) {
    connects.add(to);
    sent.put(++sessions, new ArrayDeque<>());
    return sessions;
  }

  @Override
  public boolean send(long session, Bytes message) {
    if (stuck.contains(session) || closed.contains(session)) {
      return false;
    }
    AsapMessage read = ((Decoded.Accepted<AsapMessage>) AsapMessage.decode(message)).message();
    assertThat(read.encode()).isEqualTo(message);
    if (read instanceof EndpointKeepAlive question) {
      asked.add(new Asked(session, question, now / 1_000_000));
      for (ElementKey each : answering.getOrDefault(session, Set.of())) {
        if (each.handle().equals(question.handle())
            && question.element().orElse(each.identifier()) == each.identifier()) {
          soon.add(() -> say(session, new EndpointKeepAliveAck(each.handle(), each.identifier())));
        }
      }
    }
    sent.get(session).add(read);
    return true;
  }

  @Override
  public void close(long session, String why) {
    closed.add(session);
  }

  // PeerAuthorizer

  @Override
  public boolean permits(AuthenticatedPeer peer, PeerRole role) {
    return peer.roles().contains(role);
  }

  @Override
  public boolean permitsLink(AuthenticatedPeer peer, Ipv6 linkAddress) {
    return false;
  }

  @Override
  public boolean permitsPool(AuthenticatedPeer peer, Bytes handle) {
    return pools.getOrDefault(peer.peerId(), new PoolPattern("dhcp6-*")).matches(handle);
  }

  @Override
  public boolean permitsAddress(AuthenticatedPeer peer, Ipv6 address) {
    return scopes.containsKey(peer.peerId()) && scopes.get(peer.peerId()).contains(address);
  }

  // Visitors

  /** A protected connection of a peer. */
  long peer(String name, Ipv6 from, PeerRole... roles) {
    AuthenticatedPeer peer = new AuthenticatedPeer(name, Set.of(roles), "tls-psk", FACTS);
    return open(new Caller(Application.ASAP, from, Optional.of(peer), Assurance.PRIVATE));
  }

  /** A server, from {@link #HERE}. */
  long element(String name) {
    return peer(name, HERE, PeerRole.POOL_ELEMENT);
  }

  /** A relay agent. */
  long user(String name) {
    return peer(name, Ipv6.ofText("2001:db8::5"), PeerRole.POOL_USER);
  }

  /** A connection that nothing protects. */
  long plain(Ipv6 from) {
    return open(new Caller(Application.ASAP, from, Optional.empty(), Assurance.NONE));
  }

  long open(Caller caller) {
    sent.put(++sessions, new ArrayDeque<>());
    registrar.opened(sessions, caller, now);
    return sessions;
  }

  /** A connection that the registrar asked for is open. */
  void answer(long session, String name, Ipv6 from) {
    AuthenticatedPeer peer =
        new AuthenticatedPeer(name, Set.of(PeerRole.POOL_ELEMENT), "tls-psk", FACTS);
    registrar.opened(
        session, new Caller(Application.ASAP, from, Optional.of(peer), Assurance.PRIVATE), now);
    settle();
  }

  /** From now on all pool elements of a connection answer keep-alives. */
  void isAlive(long session, ElementKey... keys) {
    answering.computeIfAbsent(session, number -> new HashSet<>()).addAll(List.of(keys));
  }

  void isDead(long session) {
    answering.remove(session);
  }

  void leaves(long session) {
    registrar.ended(session, "gone", now);
    closed.add(session);
  }

  void say(long session, AsapMessage message) {
    say(session, message.encode());
  }

  void say(long session, Bytes message) {
    registrar.message(session, message, now);
    settle();
  }

  private void settle() {
    while (!soon.isEmpty()) {
      soon.poll().run();
    }
  }

  static PoolElement udp(long id) {
    return udp(id, HERE, PoolPolicy.ROUND_ROBIN);
  }

  static PoolElement udp(long id, Ipv6 address, PoolPolicy policy) {
    return new PoolElement(id, 0, 300, PortTransport.udp(address, 547), policy, Optional.empty());
  }

  /** A registration, and what is answered. */
  RegistrationResponse register(long session, PoolHandle pool, PoolElement element) {
    say(session, new Registration(pool, element));
    return last(session, RegistrationResponse.class);
  }

  RegistrationResponse register(long session, PoolElement element) {
    return register(session, POOL, element);
  }

  void accepted(long session, PoolElement element) {
    accepted(session, POOL, element);
  }

  void accepted(long session, PoolHandle pool, PoolElement element) {
    RegistrationResponse response = register(session, pool, element);
    assertThat(response.rejected()).as("%s", response).isFalse();
    assertThat(response.error()).isEmpty();
    assertThat(response.key()).isEqualTo(new ElementKey(pool, element.identifier()));
  }

  /** A registration that must be refused; the code of its only cause. */
  int refused(long session, PoolHandle pool, PoolElement element) {
    RegistrationResponse response = register(session, pool, element);
    assertThat(response.rejected()).as("%s", response).isTrue();
    assertThat(response.key()).isEqualTo(new ElementKey(pool, element.identifier()));
    return code(response.error());
  }

  static int code(Optional<OperationError> error) {
    assertThat(error.orElseThrow().causes()).hasSize(1);
    return error.orElseThrow().causes().get(0).code();
  }

  int refused(long session, PoolElement element) {
    return refused(session, POOL, element);
  }

  void deregister(long session, ElementKey key) {
    say(session, new Deregistration(key.handle(), key.identifier()));
  }

  void report(long session, ElementKey key) {
    say(session, new EndpointUnreachable(key.handle(), key.identifier()));
  }

  HandleResolutionResponse resolve(long session, PoolHandle pool) {
    return resolve(session, pool, false);
  }

  HandleResolutionResponse resolve(long session, PoolHandle pool, boolean updates) {
    say(session, new HandleResolution(updates, pool, OptionalLong.empty()));
    return last(session, HandleResolutionResponse.class);
  }

  /** Identifiers in a resolution. */
  static List<Long> identifiers(HandleResolutionResponse response) {
    return response.elements().stream().map(PoolElement::identifier).toList();
  }

  static ElementKey key(long id) {
    return new ElementKey(POOL, id);
  }

  /** The latest message to a connection; those before are forgotten. */
  <M extends AsapMessage> M last(long session, Class<M> type) {
    Deque<AsapMessage> messages = sent.get(session);
    assertThat(messages).isNotEmpty();
    AsapMessage last = messages.getLast();
    messages.clear();
    assertThat(last).isInstanceOf(type);
    return type.cast(last);
  }

  /** All messages of a type to a connection since it was asked for any. */
  <M extends AsapMessage> List<M> all(long session, Class<M> type) {
    List<M> found = sent.get(session).stream().filter(type::isInstance).map(type::cast).toList();
    sent.get(session).clear();
    return found;
  }

  boolean isRegistered(ElementKey key) {
    return space.member(key).isPresent();
  }

  void pass(Duration time) {
    long end = now + time.toNanos();
    while (registrar.deadline() <= end) {
      now = Math.max(now, registrar.deadline());
      registrar.onTimer(now);
      settle();
    }
    now = end;
  }
}
