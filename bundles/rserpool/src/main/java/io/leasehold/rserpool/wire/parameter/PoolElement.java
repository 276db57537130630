// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.parameter;

import io.leasehold.codec.ByteWriter;
import io.leasehold.rserpool.wire.MessageWriter;
import io.leasehold.rserpool.wire.Parameter;
import io.leasehold.rserpool.wire.ParameterFormat;
import io.leasehold.rserpool.wire.ParameterReader;
import io.leasehold.rserpool.wire.ParameterType;
import io.leasehold.rserpool.wire.Tlv;
import io.leasehold.rserpool.wire.Unsigned;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A member of a pool (RFC 5354 section 3.10).
 *
 * @param identifier 32 bits, unique in its pool
 * @param home identifier of the registrar that owns it, 32 bits; 0 if there is none yet
 * @param life registration life as it is on the wire, normally in seconds; {@link #INFINITE_LIFE};
 *     what else is not positive is for the registrar to refuse
 * @param userTransport where it serves
 * @param policy its values for being chosen
 * @param asapTransport where registrars reach it, SCTP or TCP; the home fills it in
 */
public record PoolElement(
    long identifier,
    long home,
    int life,
    TransportParameter userTransport,
    PoolPolicy policy,
    Optional<TransportParameter> asapTransport)
    implements Parameter {
  /** A registration that does not end by itself. */
  public static final int INFINITE_LIFE = -1;

  /** How it is read. */
  public static final ParameterFormat<PoolElement> FORMAT =
      new ParameterFormat<>(ParameterType.POOL_ELEMENT, PoolElement::read);

  private static final int FIELDS = 12;

  /** Refuses numbers that do not fit, and registrars reaching it over anything else. */
  public PoolElement {
    Unsigned.u32(identifier, "PE identifier");
    Unsigned.u32(home, "server identifier");
    Objects.requireNonNull(userTransport);
    Objects.requireNonNull(policy);
    if (asapTransport.isPresent() && !asapTransport.get().carriesProtocol()) {
      throw new IllegalArgumentException("ASAP goes over SCTP or TCP, not " + asapTransport.get());
    }
  }

  private static PoolElement read(Tlv tlv) {
    ParameterReader in = tlv.parameters();
    long identifier = in.u32();
    tlv.isAbout(identifier);
    PoolElement element =
        new PoolElement(
            identifier,
            in.u32(),
            (int) in.u32(),
            in.one(TransportParameter.FORMAT),
            in.one(PoolPolicy.FORMAT),
            in.optional(TransportParameter.PROTOCOL_FORMAT));
    in.end();
    return element;
  }

  /** The same pool element, owned by a registrar that reaches it there. */
  public PoolElement ownedBy(long newHome, Optional<TransportParameter> reachedAt) {
    return new PoolElement(identifier, newHome, life, userTransport, policy, reachedAt);
  }

  /** The same pool element, owned by another registrar. */
  public PoolElement ownedBy(long newHome) {
    return ownedBy(newHome, asapTransport);
  }

  @Override
  public int type() {
    return ParameterType.POOL_ELEMENT;
  }

  @Override
  public int valueLength() {
    return FIELDS + MessageWriter.length(parameters());
  }

  @Override
  public void writeValue(ByteWriter out) {
    out.u32(identifier).u32(home).u32(life & Unsigned.MAX_U32);
    MessageWriter.write(parameters(), out);
  }

  private List<Parameter> parameters() {
    return asapTransport.isPresent()
        ? List.of(userTransport, policy, asapTransport.get())
        : List.of(userTransport, policy);
  }

  /** {@code 0x0a0b0c0d home 0x11111111 life 300 udp [192.0.2.1]:67 priority 000000c8}. */
  @Override
  public String toString() {
    return Unsigned.hex(identifier)
        + " home "
        + Unsigned.hex(home)
        + " life "
        + life
        + " "
        + userTransport
        + " "
        + policy
        + asapTransport.map(transport -> " asap " + transport).orElse("");
  }
}
