// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.OptionText;
import io.leasehold.codec.option.OptionType;
import io.leasehold.codec.option.ValueTypes;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.net.Bytes;
import io.leasehold.net.DomainName;
import java.util.List;

/**
 * Typed keys of the options of RFC 8156 section 5.5. All moments are absolute; only the maximum
 * client lead time and the time of keepalive are intervals.
 */
public final class FailoverOptions {
  /** See {@link BindingStatus}; a number without a meaning is kept. */
  public static final OptionType<Integer> BINDING_STATUS =
      ValueTypes.u8(FailoverOptionCode.BINDING_STATUS, "f-binding-status");

  public static final OptionType<ConnectFlags> CONNECT_FLAGS =
      ValueTypes.whole(
          FailoverOptionCode.CONNECT_FLAGS,
          "f-connect-flags",
          in -> ConnectFlags.of(in.u16()),
          ConnectFlags::encode);
  public static final OptionType<DnsRemoval> DNS_REMOVAL_INFO =
      OptionType.of(
          FailoverOptionCode.DNS_REMOVAL_INFO,
          "f-dns-removal-info",
          DnsRemoval::decode,
          DnsRemoval::encode);

  /** Complete, or completed by the zone. */
  public static final OptionType<DomainName> DNS_HOST_NAME =
      ValueTypes.whole(
          FailoverOptionCode.DNS_HOST_NAME,
          "f-dns-host-name",
          ByteReader::partialDomainName,
          DomainName::wire);

  /** Complete. */
  public static final OptionType<DomainName> DNS_ZONE_NAME =
      ValueTypes.whole(
          FailoverOptionCode.DNS_ZONE_NAME,
          "f-dns-zone-name",
          ByteReader::domainName,
          DomainName::wire);

  public static final OptionType<DnsFlags> DNS_FLAGS =
      ValueTypes.whole(
          FailoverOptionCode.DNS_FLAGS,
          "f-dns-flags",
          in -> DnsFlags.of(in.u16()),
          DnsFlags::encode);

  /** The longest lifetime that the sender has ever acknowledged for the lease. */
  public static final OptionType<AbsoluteTime> EXPIRATION_TIME =
      moment(FailoverOptionCode.EXPIRATION_TIME, "f-expiration-time");

  /** How many binding updates the sender takes before it has answered the first. */
  public static final OptionType<Long> MAX_UNACKED_BNDUPD =
      ValueTypes.u32(FailoverOptionCode.MAX_UNACKED_BNDUPD, "f-max-unacked-bndupd");

  /** Maximum client lead time, seconds. */
  public static final OptionType<Long> MCLT = ValueTypes.u32(FailoverOptionCode.MCLT, "f-mclt");

  /** After this the receiver may take the lease for ended. */
  public static final OptionType<AbsoluteTime> PARTNER_LIFETIME =
      moment(FailoverOptionCode.PARTNER_LIFETIME, "f-partner-lifetime");

  /** A {@link #PARTNER_LIFETIME} that is acknowledged, bit by bit. */
  public static final OptionType<AbsoluteTime> PARTNER_LIFETIME_SENT =
      moment(FailoverOptionCode.PARTNER_LIFETIME_SENT, "f-partner-lifetime-sent");

  public static final OptionType<AbsoluteTime> PARTNER_DOWN_TIME =
      moment(FailoverOptionCode.PARTNER_DOWN_TIME, "f-partner-down-time");

  /** When the receiver had heard the client, as it told the sender once. */
  public static final OptionType<AbsoluteTime> PARTNER_RAW_CLT_TIME =
      moment(FailoverOptionCode.PARTNER_RAW_CLT_TIME, "f-partner-raw-clt-time");

  public static final OptionType<ProtocolVersion> PROTOCOL_VERSION =
      ValueTypes.whole(
          FailoverOptionCode.PROTOCOL_VERSION,
          "f-protocol-version",
          in -> new ProtocolVersion(in.u16(), in.u16()),
          ProtocolVersion::encode);

  /** Seconds of silence after which the sender gives the connection up. */
  public static final OptionType<Long> KEEPALIVE_TIME =
      ValueTypes.u32(FailoverOptionCode.KEEPALIVE_TIME, "f-keepalive-time");

  public static final OptionType<ReconfigureData> RECONFIGURE_DATA =
      OptionType.of(
          FailoverOptionCode.RECONFIGURE_DATA,
          "f-reconfigure-data",
          ReconfigureData::decode,
          ReconfigureData::encode);

  /** Not empty, without a zero. */
  public static final OptionType<String> RELATIONSHIP_NAME =
      OptionType.of(
          FailoverOptionCode.RELATIONSHIP_NAME,
          "f-relationship-name",
          FailoverOptions::text,
          FailoverOptions::octets);

  public static final OptionType<ServerFlags> SERVER_FLAGS =
      ValueTypes.whole(
          FailoverOptionCode.SERVER_FLAGS,
          "f-server-flags",
          in -> ServerFlags.of(in.u8()),
          ServerFlags::encode);

  /** See {@link ServerState}; a number without a meaning is kept. */
  public static final OptionType<Integer> SERVER_STATE =
      ValueTypes.u8(FailoverOptionCode.SERVER_STATE, "f-server-state");

  public static final OptionType<AbsoluteTime> START_TIME_OF_STATE =
      moment(FailoverOptionCode.START_TIME_OF_STATE, "f-start-time-of-state");

  /** When the present status of the lease ends. */
  public static final OptionType<AbsoluteTime> STATE_EXPIRATION_TIME =
      moment(FailoverOptionCode.STATE_EXPIRATION_TIME, "f-state-expiration-time");

  /** All of them, by code. */
  public static final List<OptionType<?>> ALL =
      List.of(
          BINDING_STATUS,
          CONNECT_FLAGS,
          DNS_REMOVAL_INFO,
          DNS_HOST_NAME,
          DNS_ZONE_NAME,
          DNS_FLAGS,
          EXPIRATION_TIME,
          MAX_UNACKED_BNDUPD,
          MCLT,
          PARTNER_LIFETIME,
          PARTNER_LIFETIME_SENT,
          PARTNER_DOWN_TIME,
          PARTNER_RAW_CLT_TIME,
          PROTOCOL_VERSION,
          KEEPALIVE_TIME,
          RECONFIGURE_DATA,
          RELATIONSHIP_NAME,
          SERVER_FLAGS,
          SERVER_STATE,
          START_TIME_OF_STATE,
          STATE_EXPIRATION_TIME);

  private FailoverOptions() {}

  private static OptionType<AbsoluteTime> moment(int code, String name) {
    return ValueTypes.whole(code, name, AbsoluteTime::read, AbsoluteTime::encode);
  }

  private static String text(Bytes value) {
    if (value.isEmpty()) {
      throw new MalformedPacketException(MalformedReason.EMPTY_VALUE, value.sourceOffset());
    }
    return OptionText.utf8(value)
        .filter(text -> text.indexOf('\0') < 0)
        .orElseThrow(
            () -> new MalformedPacketException(MalformedReason.TEXT, value.sourceOffset()));
  }

  private static Bytes octets(String name) {
    if (name.isEmpty() || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a relationship has a name without zeros");
    }
    return Bytes.ofUtf8(name);
  }
}
