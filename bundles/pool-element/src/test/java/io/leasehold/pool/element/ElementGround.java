// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.pool.PoolRegistration;
import io.leasehold.rserpool.hunt.HuntSettings;
import io.leasehold.rserpool.hunt.KnownRegistrar;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.session.Sessions;
import io.leasehold.rserpool.wire.Decoded;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.PoolMessage;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.asap.DeregistrationResponse;
import io.leasehold.rserpool.wire.asap.EndpointKeepAlive;
import io.leasehold.rserpool.wire.asap.Registration;
import io.leasehold.rserpool.wire.asap.RegistrationResponse;
import io.leasehold.rserpool.wire.parameter.OperationError;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelFacts;
import io.leasehold.security.PeerRole;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A pool element among registrars that do what a test says. */
class ElementGround {
  static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  static final PoolHandle DHCP4 = PoolHandle.of("dhcp4");
  static final long ID = 0x0a0b_0c0dL;
  static final Readiness READY = Readiness.ready(200, "");
  static final String ONE = "192.0.2.11";
  static final String TWO = "192.0.2.12";

  final Wire wire = new Wire();
  final List<String> said = new ArrayList<>();
  final List<String> events = new ArrayList<>();
  long now = 100 * SECOND;
  long nextId = ID;
  AsapEndpoint endpoint;

  /** A message that was sent. */
  record Sent(long session, AsapMessage message) {}

  /** Connections, and what is sent on them. */
  static final class Wire implements Sessions {
    final Map<Long, ConnectSpec> open = new LinkedHashMap<>();
    final List<Sent> sent = new ArrayList<>();
    boolean isDeaf;
    private long number;

    @Override
    public long connect(ConnectSpec to) {
      open.put(++number, to);
      return number;
    }

    @Override
    public boolean send(long session, Bytes message) {
      if (isDeaf) {
        return false;
      }
      Decoded<AsapMessage> decoded = AsapMessage.decode(message);
      sent.add(new Sent(session, ((Decoded.Accepted<AsapMessage>) decoded).message()));
      return true;
    }

    @Override
    public void close(long session, String why) {
      open.remove(session);
    }
  }

  static ElementSettings.Place place(PoolHandle handle, MemberPolicy policy) {
    return new ElementSettings.Place(
        handle, policy, PortTransport.udp(Ipv6.ofText("192.0.2.1"), 67));
  }

  static ElementSettings.Place byPriority(PoolHandle handle) {
    return place(handle, MemberPolicy.standard(PolicyType.PRIORITY, 0, 0));
  }

  /** An endpoint that looks for its registrar. */
  void start(Duration life, ElementSettings.Place... pools) {
    ElementTimes dhcp = ElementTimes.ofDhcp();
    List<KnownRegistrar> places =
        Stream.of(ONE, TWO).map(each -> KnownRegistrar.parse("tls://" + each, "pools")).toList();
    ElementSettings settings =
        new ElementSettings(
            "dhcp",
            List.of(pools),
            HuntSettings.of(places, Duration.ofSeconds(3)),
            new ElementTimes(dhcp.registration(), dhcp.deregistration(), life, dhcp.refused()),
            Duration.ofSeconds(30));
    Identifiers identifiers =
        new Identifiers() {
          @Override
          public long of(PoolHandle pool) {
            return nextId;
          }

          @Override
          public long renew(PoolHandle pool) {
            return ++nextId;
          }
        };
    endpoint = new AsapEndpoint(settings, wire, identifiers, new Random(1), events::add, now);
    endpoint.start(now);
  }

  /** An endpoint that has sent its registration to the first registrar. */
  long startedAt(String registrar) {
    start(Duration.ofSeconds(300), byPriority(DHCP4));
    long home = open(registrar);
    endpoint.readiness(READY, now);
    return home;
  }

  /** An endpoint that is registered at the first registrar. */
  long registeredAt(String registrar) {
    long home = startedAt(registrar);
    accept(home);
    wire.sent.clear();
    return home;
  }

  static Caller registrar(String address, PeerRole role) {
    return new Caller(
        Application.ASAP,
        Ipv6.ofText(address),
        Optional.of(
            new AuthenticatedPeer(
                "reg",
                Set.of(role),
                "tls-psk",
                new ChannelFacts("TLSv1.3", "", "", "", "", Instant.EPOCH))),
        Assurance.PRIVATE);
  }

  long session(String address) {
    return wire.open.entrySet().stream()
        .filter(each -> each.getValue().remote().equals(Ipv6.ofText(address)))
        .mapToLong(Map.Entry::getKey)
        .max()
        .orElseThrow();
  }

  long open(String address) {
    long session = session(address);
    endpoint.opened(session, registrar(address, PeerRole.ENRP_SERVER), now);
    return session;
  }

  void end(long session) {
    wire.open.remove(session);
    endpoint.ended(session, "connection-lost: reset", now);
  }

  void tell(long session, PoolMessage message) {
    endpoint.message(session, message.encode(), now);
  }

  static ElementKey key() {
    return new ElementKey(DHCP4, ID);
  }

  void accept(long session) {
    tell(session, RegistrationResponse.accepted(key()));
  }

  void reject(long session, int cause) {
    tell(
        session,
        RegistrationResponse.rejected(new ElementKey(DHCP4, nextId), OperationError.of(cause)));
  }

  void letGo(long session) {
    tell(session, new DeregistrationResponse(DHCP4, ID, Optional.empty()));
  }

  void ask(long session, boolean isHome) {
    tell(session, new EndpointKeepAlive(isHome, 0x1111_1111L, DHCP4, OptionalLong.empty()));
  }

  /** Time passes in steps of half a second. */
  void pass(long seconds) {
    for (long i = 0; i < 2 * seconds; i++) {
      now += SECOND / 2;
      if (endpoint.deadline() <= now) {
        endpoint.onTimer(now);
        assertThat(endpoint.deadline()).as("no timer goes off again at once").isGreaterThan(now);
      }
    }
  }

  <M extends AsapMessage> List<M> sent(Class<M> type) {
    return wire.sent.stream().map(Sent::message).filter(type::isInstance).map(type::cast).toList();
  }

  List<Registration> registrations() {
    return sent(Registration.class);
  }

  PoolRegistration.State state() {
    return endpoint.registrations(now, Instant.EPOCH).get(0).state();
  }
}
