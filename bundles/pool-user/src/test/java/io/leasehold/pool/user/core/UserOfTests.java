// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.pool.PoolHandle;
import io.leasehold.pool.PoolListener;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolSubscription;
import io.leasehold.pool.PoolView;
import io.leasehold.rserpool.policy.HashValues;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.session.Sessions;
import io.leasehold.rserpool.wire.Decoded;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.asap.HandleResolutionResponse;
import io.leasehold.rserpool.wire.parameter.OperationError;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelFacts;
import io.leasehold.security.PeerRole;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** A pool user in a world of which a test decides everything. */
final class UserOfTests implements Sessions {
  static final PoolHandle POOL = PoolHandle.ofText("dhcp6-core");
  static final Bytes CLIENT = Bytes.ofHex("000300010200000000ab");
  static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  private static final io.leasehold.rserpool.wire.PoolHandle WIRE =
      io.leasehold.rserpool.wire.PoolHandle.of("dhcp6-core");

  /** A message on its way to a registrar. */
  record Sent(long session, AsapMessage message) {}

  /** What one who follows has heard. */
  static final class Heard implements PoolListener {
    final List<PoolView> views = new ArrayList<>();
    final List<String> failovers = new ArrayList<>();
    Assurance assurance;

    @Override
    public void changed(PoolView view) {
      views.add(view);
    }

    @Override
    public void failover(PoolMember from, PoolMember to, Assurance vouched) {
      failovers.add(from.id() + ">" + to.id());
      assurance = vouched;
    }
  }

  final List<ConnectSpec> connects = new ArrayList<>();
  final Set<Long> closed = new HashSet<>();
  final List<Sent> sent = new ArrayList<>();
  final List<Bytes> stored = new ArrayList<>();
  final UserDesk desk;
  final Heard heard = new Heard();

  /** Whether connections take messages. */
  boolean sends = true;

  /** Only differences have a meaning. */
  private long now = Long.MAX_VALUE - 7_654_321_000L;

  private long elapsed;

  UserOfTests() {
    this(Map.of(), Bytes.EMPTY);
  }

  UserOfTests(Map<String, String> keys, Bytes document) {
    Map<String, String> all = new java.util.TreeMap<>();
    all.put("registrars", "tls://[2001:db8::1] tls://[2001:db8::2] tls://[2001:db8::3]");
    all.put("channel", "registrars");
    all.putAll(keys);
    Surroundings around =
        new Surroundings(
            this, new SplittableRandom(5), () -> BEGINNING.plusNanos(elapsed), stored::add);
    desk =
        new UserDesk(
            UserSettings.read(all),
            around,
            command -> {
              command.accept(now);
              return true;
            },
            document,
            now);
  }

  /** Has started, with the first registrar as home. */
  static UserOfTests atHome() {
    UserOfTests user = new UserOfTests();
    user.desk.user().start(user.now);
    user.open(1);
    return user;
  }

  /** Has started and follows the pool, of which it has no answer yet. */
  static UserOfTests asking() {
    UserOfTests user = atHome();
    user.follow();
    return user;
  }

  /** Knows two groups of two members. */
  static UserOfTests knowing() {
    UserOfTests user = asking();
    user.tell(1, hashed(1, 1, 200), hashed(2, 1, 100), hashed(3, 2, 200), hashed(4, 2, 100));
    user.sent.clear();
    return user;
  }

  void start() {
    desk.user().start(now);
  }

  PoolSubscription follow() {
    return desk.follow(POOL, heard);
  }

  @Override
  public long connect(ConnectSpec to) {
    connects.add(to);
    return connects.size();
  }

  @Override
  public boolean send(long session, Bytes message) {
    if (sends && AsapMessage.decode(message) instanceof Decoded.Accepted<AsapMessage> accepted) {
      sent.add(new Sent(session, accepted.message()));
    }
    return sends;
  }

  @Override
  public void close(long session, String why) {
    closed.add(session);
  }

  /** Connections that are open, or to come. */
  long connections() {
    return connects.size() - closed.size();
  }

  void open(long session) {
    open(session, PeerRole.ENRP_SERVER);
  }

  void open(long session, PeerRole role) {
    ChannelFacts facts = new ChannelFacts("TLSv1.3", "", "", "", "", BEGINNING);
    AuthenticatedPeer peer = new AuthenticatedPeer("reg", Set.of(role), "tls-cert", facts);
    open(session, Optional.of(peer), Assurance.PRIVATE);
  }

  void open(long session, Optional<AuthenticatedPeer> peer, Assurance assurance) {
    Ipv6 remote = connects.get((int) session - 1).remote();
    desk.user().opened(session, new Caller(Application.ASAP, remote, peer, assurance), now);
  }

  void end(long session, String why) {
    closed.add(session);
    desk.user().ended(session, why, now);
  }

  void tell(long session, PoolElement... elements) {
    tell(session, Optional.of(elements[0].policy().ofPool()), elements);
  }

  void tell(long session, Optional<PoolPolicy> policy, PoolElement... elements) {
    hear(
        session,
        new HandleResolutionResponse(true, WIRE, policy, List.of(elements), Optional.empty()));
  }

  void deny(long session, int cause) {
    hear(session, HandleResolutionResponse.negative(WIRE, OperationError.of(cause)));
  }

  void hear(long session, AsapMessage message) {
    hear(session, message.encode());
  }

  void hear(long session, Bytes message) {
    desk.user().message(session, message, now);
  }

  /** Time passes; whatever is due is done when it is. */
  void pass(Duration time) {
    long end = now + time.toNanos();
    for (int i = 0; i < 1_000_000; i++) {
      long deadline = desk.user().deadline();
      if (deadline == SessionEvents.NEVER || deadline - end > 0) {
        moveTo(end);
        return;
      }
      moveTo(deadline - now > 0 ? deadline : now);
      desk.user().onTimer(now);
    }
    throw new AssertionError("time does not pass: something is due again and again");
  }

  private void moveTo(long time) {
    elapsed += time - now;
    now = time;
  }

  PoolView view() {
    return desk.views().get(0);
  }

  long count(UserCounter what) {
    return desk.tally().of(what);
  }

  /** How often a registrar was asked. */
  List<Long> asked() {
    return sent.stream()
        .filter(each -> each.message().type() == AsapMessage.HANDLE_RESOLUTION)
        .map(Sent::session)
        .toList();
  }

  List<AsapMessage> messages(int type) {
    return sent.stream().map(Sent::message).filter(each -> each.type() == type).toList();
  }

  static List<Long> ids(List<PoolMember> members) {
    return members.stream().map(PoolMember::id).toList();
  }

  /** A member at 2001:db8::ID. */
  static PoolElement element(long id, PoolPolicy policy) {
    return new PoolElement(
        id,
        0x11111111,
        300,
        PortTransport.udp(Ipv6.ofText("2001:db8::" + Long.toHexString(id)), 547),
        policy,
        Optional.empty());
  }

  /** A member of a group. */
  static PoolElement hashed(long id, long group, long rank) {
    return element(id, HashValues.weighted(group, 1, rank).toPolicy());
  }
}
