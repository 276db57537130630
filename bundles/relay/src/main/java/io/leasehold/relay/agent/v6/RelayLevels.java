// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v6;

import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.RelayChain;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.relay.agent.Flow;
import java.util.function.Consumer;

/** Looks through the relay messages around a message; nothing is copied that need not be. */
final class RelayLevels {
  private static final int LINK_ADDRESS = 2;
  private static final int PEER_ADDRESS = 18;

  /** Options 105 to 110 (RFC 7839 section 4): where and how a client is attached. */
  private static final int ACCESS_FIRST = 105;

  private static final int ACCESS_LAST = 110;

  private RelayLevels() {}

  /** Whether a message is a relay message. */
  static boolean isRelay(Bytes message) {
    return !message.isEmpty() && Dhcp6MessageType.isRelay(message.at(0));
  }

  private static Bytes checked(Bytes message) {
    if (message.length() < RelayMessage.HEADER_LENGTH) {
      throw new MalformedPacketException(MalformedReason.TRUNCATED, message.sourceOffset());
    }
    return message;
  }

  static Ipv6 linkAddress(Bytes relay) {
    return Ipv6.of(relay.slice(LINK_ADDRESS, PEER_ADDRESS));
  }

  static Ipv6 peerAddress(Bytes relay) {
    return Ipv6.of(relay.slice(PEER_ADDRESS, RelayMessage.HEADER_LENGTH));
  }

  private static Options options(Bytes relay) {
    return Options.decode(checked(relay).slice(RelayMessage.HEADER_LENGTH, relay.length()));
  }

  /**
   * Does something at each relay message, the outermost first; returns what is inside all.
   *
   * @param most levels that are allowed
   * @throws MalformedPacketException if there are more, or one is malformed
   */
  static Bytes walk(Bytes message, int most, Consumer<Bytes> level) {
    Bytes current = message;
    for (int depth = 0; isRelay(current); depth++) {
      if (depth == most) {
        throw new MalformedPacketException(MalformedReason.RELAY_DEPTH, current.sourceOffset());
      }
      Bytes outer = current;
      current =
          options(outer)
              .raw(Dhcp6OptionCode.RELAY_MSG)
              .orElseThrow(
                  () ->
                      new MalformedPacketException(
                          MalformedReason.MISSING_OPTION, outer.sourceOffset()));
      level.accept(outer);
    }
    return current;
  }

  /**
   * Who speaks with whom in a message without relay messages around it.
   *
   * @param address of the client
   * @param pooled whether the client is known by its DUID, whole (RFC 3074 section 4 would cut it)
   */
  static Flow flow(Ipv6 address, Bytes message, boolean pooled) {
    if (message.length() < ClientServerMessage.HEADER_LENGTH) {
      return new Flow(address.bytes(), Bytes.EMPTY);
    }
    ClientServerMessage read = ClientServerMessage.decode(message);
    Bytes server = read.options().rawOrEmpty(Dhcp6OptionCode.SERVER_ID);
    Bytes duid = pooled ? read.options().rawOrEmpty(Dhcp6OptionCode.CLIENT_ID) : Bytes.EMPTY;
    return new Flow(
        duid.isEmpty() ? address.bytes() : duid, server, pooled && isAnswered(read.type()));
  }

  /**
   * Whether a server that a message is for has to answer it. Not those that it may leave to others:
   * Confirm and Rebind (RFC 8415 sections 18.3.3 and 18.3.5).
   */
  private static boolean isAnswered(int type) {
    return switch (type) {
      case Dhcp6MessageType.SOLICIT,
          Dhcp6MessageType.REQUEST,
          Dhcp6MessageType.RENEW,
          Dhcp6MessageType.RELEASE,
          Dhcp6MessageType.DECLINE,
          Dhcp6MessageType.INFORMATION_REQUEST ->
          true;
      default -> false;
    };
  }

  /** A message without access-network identifiers at any level; the same one if it has none. */
  static Bytes withoutAccessIdentifiers(Bytes message) {
    return strip(message, 0);
  }

  private static boolean isAccess(Option option) {
    return option.code() >= ACCESS_FIRST && option.code() <= ACCESS_LAST;
  }

  private static Bytes strip(Bytes message, int depth) {
    if (!isRelay(message) || depth > RelayChain.MAX_DEPTH) {
      return message;
    }
    Options options = options(message);
    Options.Builder kept = null; // Almost always there is nothing to build.
    int seen = 0;
    for (Option option : options) {
      boolean relayed = option.code() == Dhcp6OptionCode.RELAY_MSG;
      Bytes value = relayed ? strip(option.value(), depth + 1) : option.value();
      if (kept == null && (isAccess(option) || value != option.value())) {
        kept = first(options, seen);
      }
      if (kept != null && !isAccess(option)) {
        kept.add(option.code(), value);
      }
      seen++;
    }
    if (kept == null) {
      return message;
    }
    Options rest = kept.build();
    ByteWriter out = new ByteWriter(RelayMessage.HEADER_LENGTH + rest.encodedLength());
    out.bytes(message.slice(0, RelayMessage.HEADER_LENGTH));
    rest.encode(out);
    return out.toBytes();
  }

  private static Options.Builder first(Options options, int count) {
    Options.Builder some = Options.builder(options.size());
    int left = count;
    for (Option option : options) {
      if (left-- == 0) {
        break;
      }
      some.add(option);
    }
    return some;
  }
}
