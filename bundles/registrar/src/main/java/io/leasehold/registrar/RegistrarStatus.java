// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar;

import io.leasehold.net.Ipv6;
import io.leasehold.pool.PoolHandle;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.RegistrarControl;
import io.leasehold.pool.UserTransport;
import io.leasehold.registrar.asap.AsapSide;
import io.leasehold.registrar.asap.ElementStatus;
import io.leasehold.registrar.core.Federation;
import io.leasehold.registrar.core.Premises;
import io.leasehold.rserpool.policy.HashValues;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.space.Member;
import io.leasehold.rserpool.space.Pool;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.ParameterType;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.TransportParameter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What operators see of a registrar, see {@link RegistrarControl}. Of the thread of the registrar;
 * times are of the steady clock.
 */
public final class RegistrarStatus {
  private final Premises premises;
  private final AsapSide asap;
  private final Federation federation;

  RegistrarStatus(Premises premises, AsapSide asap, Federation federation) {
    this.premises = premises;
    this.asap = asap;
    this.federation = federation;
  }

  /** See {@link RegistrarControl#serverId}. */
  public long serverId() {
    return federation.serverId();
  }

  /** See {@link RegistrarControl#isReady}. */
  public boolean isReady() {
    return federation.isReady();
  }

  /** See {@link RegistrarControl#condition}. */
  public String condition() {
    return federation.condition();
  }

  /** See {@link RegistrarControl#checksum}. */
  public int checksum() {
    return premises.space().checksum(federation.serverId());
  }

  /** See {@link RegistrarControl#pools}. */
  public List<RegistrarControl.Pool> pools() {
    return premises.space().pools().stream().map(this::pool).toList();
  }

  private RegistrarControl.Pool pool(Pool pool) {
    long own =
        pool.members().stream()
            .filter(member -> member.element().home() == federation.serverId())
            .count();
    return new RegistrarControl.Pool(
        new PoolHandle(pool.handle().octets()),
        PolicyType.name(pool.policy().policyType()),
        transport(pool.transport()),
        pool.members().size(),
        (int) own,
        asap.subscribers(pool.handle()));
  }

  /** See {@link RegistrarControl#elements}. */
  public List<RegistrarControl.Element> elements(PoolHandle handle, long now) {
    return premises
        .space()
        .pool(new io.leasehold.rserpool.wire.PoolHandle(handle.octets()))
        .map(pool -> pool.members().stream().map(each -> element(pool, each, now)).toList())
        .orElse(List.of());
  }

  private RegistrarControl.Element element(Pool pool, Member member, long now) {
    ElementKey key = new ElementKey(pool.handle(), member.element().identifier());
    Optional<ElementStatus> status = asap.status(key, now);
    return new RegistrarControl.Element(
        member(member.element()),
        status.flatMap(ElementStatus::peer),
        status
            .filter(each -> each.expires() != SessionEvents.NEVER)
            .map(each -> premises.notebook().in(Duration.ofNanos(each.expires() - now))),
        status
            .filter(each -> each.answered().isPresent())
            .map(
                each ->
                    premises.notebook().in(Duration.ofNanos(each.answered().getAsLong() - now))),
        status.map(ElementStatus::reports).orElse(0),
        member.selections());
  }

  private static PoolMember member(PoolElement element) {
    Optional<HashValues> values = HashValues.of(element.policy());
    TransportParameter transport = element.userTransport();
    return new PoolMember(
        element.identifier(),
        values.map(HashValues::group).orElse(0L),
        values.map(HashValues::weight).orElse(0L),
        values.map(HashValues::rank).orElse(0L),
        transport.addresses().isEmpty() ? Ipv6.UNSPECIFIED : transport.addresses().get(0),
        transport.port(),
        transport(transport),
        element.home());
  }

  private static UserTransport transport(TransportParameter transport) {
    return switch (transport.type()) {
      case ParameterType.UDP_TRANSPORT -> UserTransport.UDP;
      case ParameterType.TCP_TRANSPORT -> UserTransport.TCP;
      case ParameterType.SCTP_TRANSPORT -> UserTransport.SCTP;
      default -> UserTransport.OTHER;
    };
  }

  /** See {@link RegistrarControl#peers}. */
  public List<RegistrarControl.Peer> peers(long now) {
    return federation.peers(now);
  }

  /** See {@link RegistrarControl#counters}. */
  public Map<String, Long> counters() {
    return premises.notebook().counters();
  }

  /** See {@link RegistrarControl#alarms}. */
  public List<String> alarms() {
    return premises.notebook().alarms();
  }

  /** See {@link RegistrarControl#events}. */
  public List<RegistrarControl.Event> events() {
    return premises.notebook().events();
  }
}
