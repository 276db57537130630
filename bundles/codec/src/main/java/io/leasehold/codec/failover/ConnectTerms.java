// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.OptionType;
import io.leasehold.codec.option.Options;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What each side says of itself at the beginning, in CONNECT and in a CONNECTREPLY that accepts
 * (RFC 8156 sections 6.1.1 and 6.1.2).
 *
 * @param version that the sender will send
 * @param mcltSeconds maximum client lead time, unsigned 32 bits
 * @param keepaliveSeconds of silence after which the sender gives up, unsigned 32 bits
 * @param maxUnacked binding updates that the sender takes unanswered, unsigned 32 bits
 * @param flags how the sender works
 * @param dhcp4 whether it offers to tell and be told of leases of DHCPv4
 */
public record ConnectTerms(
    ProtocolVersion version,
    long mcltSeconds,
    long keepaliveSeconds,
    long maxUnacked,
    ConnectFlags flags,
    boolean dhcp4) {
  private static final List<OptionType<?>> MANDATORY =
      List.of(
          FailoverOptions.PROTOCOL_VERSION,
          FailoverOptions.MCLT,
          FailoverOptions.KEEPALIVE_TIME,
          FailoverOptions.MAX_UNACKED_BNDUPD,
          FailoverOptions.CONNECT_FLAGS);

  /** Refuses null; numbers are refused when they are written. */
  public ConnectTerms {
    Objects.requireNonNull(version);
    Objects.requireNonNull(flags);
  }

  /** Terms of RFC 8156 alone. */
  public ConnectTerms(
      ProtocolVersion version,
      long mcltSeconds,
      long keepaliveSeconds,
      long maxUnacked,
      ConnectFlags flags) {
    this(version, mcltSeconds, keepaliveSeconds, maxUnacked, flags, false);
  }

  /** The names of mandatory options that are not there. */
  public static List<String> missing(Options options) {
    return MANDATORY.stream().filter(type -> !options.has(type)).map(OptionType::name).toList();
  }

  /**
   * The terms in a message.
   *
   * @throws MalformedPacketException if one is {@link #missing}
   */
  public static ConnectTerms read(Options options) {
    return new ConnectTerms(
        need(options, FailoverOptions.PROTOCOL_VERSION),
        need(options, FailoverOptions.MCLT),
        need(options, FailoverOptions.KEEPALIVE_TIME),
        need(options, FailoverOptions.MAX_UNACKED_BNDUPD),
        need(options, FailoverOptions.CONNECT_FLAGS),
        Dhcp4Extension.isOffered(options));
  }

  private static <T> T need(Options options, OptionType<T> type) {
    return options
        .first(type)
        .orElseThrow(
            () ->
                new MalformedPacketException(MalformedReason.MISSING_OPTION, 0)
                    .inside(type.name()));
  }

  /** The options of a CONNECT for the relationship, or of a CONNECTREPLY without one. */
  public Options toOptions(Optional<String> relationship) {
    Options.Builder options =
        Options.builder()
            .add(FailoverOptions.PROTOCOL_VERSION, version)
            .add(FailoverOptions.MCLT, mcltSeconds)
            .add(FailoverOptions.KEEPALIVE_TIME, keepaliveSeconds)
            .add(FailoverOptions.MAX_UNACKED_BNDUPD, maxUnacked);
    relationship.ifPresent(name -> options.add(FailoverOptions.RELATIONSHIP_NAME, name));
    options.add(FailoverOptions.CONNECT_FLAGS, flags);
    if (dhcp4) {
      options.add(Dhcp4Extension.OFFER);
    }
    return options.build();
  }
}
