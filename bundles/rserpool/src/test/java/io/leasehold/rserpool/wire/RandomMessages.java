// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.wire.asap.AsapCookie;
import io.leasehold.rserpool.wire.asap.AsapError;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.asap.BusinessCard;
import io.leasehold.rserpool.wire.asap.CookieEcho;
import io.leasehold.rserpool.wire.asap.Deregistration;
import io.leasehold.rserpool.wire.asap.DeregistrationResponse;
import io.leasehold.rserpool.wire.asap.EndpointKeepAlive;
import io.leasehold.rserpool.wire.asap.EndpointKeepAliveAck;
import io.leasehold.rserpool.wire.asap.EndpointUnreachable;
import io.leasehold.rserpool.wire.asap.HandleResolution;
import io.leasehold.rserpool.wire.asap.HandleResolutionResponse;
import io.leasehold.rserpool.wire.asap.Registration;
import io.leasehold.rserpool.wire.asap.RegistrationResponse;
import io.leasehold.rserpool.wire.asap.ServerAnnounce;
import io.leasehold.rserpool.wire.enrp.EnrpError;
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
import io.leasehold.rserpool.wire.parameter.Cookie;
import io.leasehold.rserpool.wire.parameter.DccpTransport;
import io.leasehold.rserpool.wire.parameter.OpaqueTransport;
import io.leasehold.rserpool.wire.parameter.OperationError;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.rserpool.wire.parameter.SctpTransport;
import io.leasehold.rserpool.wire.parameter.ServerInformation;
import io.leasehold.rserpool.wire.parameter.TransportParameter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Messages of both protocols by chance, the same for the same seed. */
final class RandomMessages {
  private final Random random;

  /** Decoders read what is reported by the rules of the protocol that reports it. */
  private Bytes reported = Bytes.EMPTY;

  RandomMessages(long seed) {
    this.random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  private long u32() {
    return random.nextInt() & Unsigned.MAX_U32;
  }

  private boolean maybe() {
    return random.nextBoolean();
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return maybe() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> List<T> some(int least, Supplier<T> each) {
    return Stream.generate(each).limit(least + below(3)).toList();
  }

  private Bytes octets(int least, int most) {
    byte[] octets = new byte[least + below(most - least + 1)];
    random.nextBytes(octets);
    return Bytes.wrap(octets);
  }

  private PoolHandle handle() {
    return new PoolHandle(octets(1, 20));
  }

  private Ipv6 address() {
    return maybe()
        ? Ipv6.mapped(new Ipv4(random.nextInt()))
        : new Ipv6(random.nextLong() | 1L << 60, random.nextLong());
  }

  private SctpTransport sctp() {
    return new SctpTransport(below(65536), maybe(), some(1, this::address));
  }

  private TransportParameter protocolTransport() {
    return maybe() ? sctp() : PortTransport.tcp(address(), below(65536));
  }

  private TransportParameter transport() {
    return switch (below(4)) {
      case 0 -> new DccpTransport(below(65536), u32(), address());
      case 1 -> sctp();
      case 2 -> new OpaqueTransport(octets(0, 30));
      default ->
          new PortTransport(PortTransport.Protocol.values()[below(3)], below(65536), address());
    };
  }

  PoolPolicy policy() {
    return switch (below(7)) {
      case 0 -> PoolPolicy.ROUND_ROBIN;
      case 1 -> PoolPolicy.of(PolicyType.PRIORITY, u32());
      case 2 -> PoolPolicy.of(PolicyType.WEIGHTED_RANDOM, u32());
      case 3 -> PoolPolicy.of(PolicyType.LEAST_USED_DEGRADATION, u32(), u32());
      case 4 -> new PoolPolicy(PolicyType.CLIENT_HASH, octets(16, 16));
      case 5 -> new PoolPolicy(PolicyType.CLIENT_HASH, octets(44, 44));
      default -> new PoolPolicy(0xb000_0000L + below(1000), octets(0, 11));
    };
  }

  private PoolElement element() {
    return new PoolElement(
        u32(), u32(), random.nextInt(), transport(), policy(), maybe(this::protocolTransport));
  }

  private OperationError error() {
    return new OperationError(some(1, this::cause));
  }

  /** With the information that its code demands. */
  private ErrorCause cause() {
    int code = below(12);
    return switch (code) {
      case ErrorCause.UNRECOGNIZED_PARAMETER ->
          ErrorCause.of(code, WireVectors.octets("c123000b 61626300 616263"));
      case ErrorCause.UNRECOGNIZED_MESSAGE -> ErrorCause.of(code, reported);
      case ErrorCause.INVALID_VALUES -> ErrorCause.of(code, transport());
      case ErrorCause.INCONSISTENT_POLICY -> ErrorCause.of(code, policy());
      case ErrorCause.INCONSISTENT_TRANSPORT_TYPE -> ErrorCause.of(code, sctp());
      default -> ErrorCause.of(code);
    };
  }

  private ServerInformation information() {
    return new ServerInformation(u32(), some(1, this::protocolTransport));
  }

  private OptionalLong number() {
    return maybe() ? OptionalLong.of(1 + u32() / 2) : OptionalLong.empty();
  }

  AsapMessage asap() {
    reported = new Deregistration(handle(), u32()).encode();
    return switch (1 + below(14)) {
      case AsapMessage.REGISTRATION -> new Registration(handle(), element());
      case AsapMessage.DEREGISTRATION -> new Deregistration(handle(), u32());
      case AsapMessage.REGISTRATION_RESPONSE ->
          new RegistrationResponse(maybe(), handle(), u32(), maybe(this::error));
      case AsapMessage.DEREGISTRATION_RESPONSE ->
          new DeregistrationResponse(handle(), u32(), maybe(this::error));
      case AsapMessage.HANDLE_RESOLUTION -> new HandleResolution(maybe(), handle(), number());
      case AsapMessage.HANDLE_RESOLUTION_RESPONSE ->
          new HandleResolutionResponse(
              maybe(), handle(), maybe(this::policy), some(0, this::element), maybe(this::error));
      case AsapMessage.ENDPOINT_KEEP_ALIVE ->
          new EndpointKeepAlive(maybe(), u32(), handle(), number());
      case AsapMessage.ENDPOINT_KEEP_ALIVE_ACK -> new EndpointKeepAliveAck(handle(), u32());
      case AsapMessage.ENDPOINT_UNREACHABLE -> new EndpointUnreachable(handle(), u32());
      case AsapMessage.SERVER_ANNOUNCE ->
          new ServerAnnounce(u32(), some(0, this::protocolTransport));
      case AsapMessage.COOKIE -> new AsapCookie(new Cookie(octets(0, 40)));
      case AsapMessage.COOKIE_ECHO -> new CookieEcho(new Cookie(octets(0, 40)));
      case AsapMessage.BUSINESS_CARD -> new BusinessCard(handle(), some(0, this::element));
      default -> new AsapError(error());
    };
  }

  EnrpMessage enrp() {
    long sender = u32();
    long receiver = u32();
    reported = new ListRequest(receiver, sender).encode();
    return switch (1 + below(10)) {
      case EnrpMessage.PRESENCE ->
          new Presence(sender, receiver, maybe(), below(65536), maybe(this::information));
      case EnrpMessage.HANDLE_TABLE_REQUEST -> new HandleTableRequest(sender, receiver, maybe());
      case EnrpMessage.HANDLE_TABLE_RESPONSE ->
          new HandleTableResponse(
              sender,
              receiver,
              maybe(),
              maybe(),
              some(0, () -> new PoolEntry(handle(), some(1, this::element))));
      case EnrpMessage.HANDLE_UPDATE ->
          new HandleUpdate(sender, receiver, below(4), handle(), element());
      case EnrpMessage.LIST_REQUEST -> new ListRequest(sender, receiver);
      case EnrpMessage.LIST_RESPONSE ->
          new ListResponse(sender, receiver, maybe(), some(0, this::information));
      case EnrpMessage.INIT_TAKEOVER -> new InitTakeover(sender, receiver, u32());
      case EnrpMessage.INIT_TAKEOVER_ACK -> new InitTakeoverAck(sender, receiver, u32());
      case EnrpMessage.TAKEOVER_SERVER -> new TakeoverServer(sender, receiver, u32());
      default -> new EnrpError(sender, receiver, error());
    };
  }
}
