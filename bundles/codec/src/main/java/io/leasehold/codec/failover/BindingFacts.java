// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import io.leasehold.codec.option.OptionType;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.ClientFqdn;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.StatusCode;
import java.util.Optional;

/**
 * What partners tell each other of one address or prefix (RFC 8156 sections 7.4 to 7.6). All
 * moments are absolute here; on the wire the client's contact counts back from the base time.
 *
 * @param statusNumber see {@link #status()}; kept as it came, to be answered so
 * @param statusSince since when the status holds
 * @param statusUntil when it ends
 * @param clientHeard when the sender heard the client
 * @param partnerLifetime after this the receiver may take the lease for ended
 * @param partnerLifetimeSent a {@code partnerLifetime} that is acknowledged
 * @param partnerHeard when the receiver heard the client, as it told the sender once
 * @param acknowledged the longest lifetime that the sender has ever acknowledged
 * @param fqdn the client's name
 * @param dnsRemoval what has to go from the DNS
 * @param error why it was not taken; a Success changes nothing
 */
public record BindingFacts(
    Optional<Integer> statusNumber,
    Optional<AbsoluteTime> statusSince,
    Optional<AbsoluteTime> statusUntil,
    Optional<AbsoluteTime> clientHeard,
    Optional<AbsoluteTime> partnerLifetime,
    Optional<AbsoluteTime> partnerLifetimeSent,
    Optional<AbsoluteTime> partnerHeard,
    Optional<AbsoluteTime> acknowledged,
    Optional<ClientFqdn> fqdn,
    Optional<DnsRemoval> dnsRemoval,
    Optional<StatusCode> error) {

  /** A builder that knows nothing yet. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads the options of an address or a prefix.
   *
   * @param base what the client's contact counts back from; without one the contact is not known
   */
  static BindingFacts read(Options options, Optional<AbsoluteTime> base) {
    return new BindingFacts(
        options.first(FailoverOptions.BINDING_STATUS),
        options.first(FailoverOptions.START_TIME_OF_STATE),
        options.first(FailoverOptions.STATE_EXPIRATION_TIME),
        base.flatMap(time -> options.first(Dhcp6Options.CLT_TIME).map(ago -> time.plus(-ago))),
        options.first(FailoverOptions.PARTNER_LIFETIME),
        options.first(FailoverOptions.PARTNER_LIFETIME_SENT),
        options.first(FailoverOptions.PARTNER_RAW_CLT_TIME),
        options.first(FailoverOptions.EXPIRATION_TIME),
        options.first(Dhcp6Options.CLIENT_FQDN),
        options.first(FailoverOptions.DNS_REMOVAL_INFO),
        options.first(Dhcp6Options.STATUS_CODE));
  }

  /** The options of an address or a prefix, after those that are there. */
  void write(Options.Builder options, Optional<AbsoluteTime> base) {
    add(options, Dhcp6Options.STATUS_CODE, error);
    add(options, FailoverOptions.BINDING_STATUS, statusNumber);
    add(options, FailoverOptions.START_TIME_OF_STATE, statusSince);
    add(options, FailoverOptions.STATE_EXPIRATION_TIME, statusUntil);
    add(options, Dhcp6Options.CLT_TIME, clientHeard.map(heard -> secondsBefore(base, heard)));
    add(options, FailoverOptions.PARTNER_LIFETIME, partnerLifetime);
    add(options, FailoverOptions.PARTNER_LIFETIME_SENT, partnerLifetimeSent);
    add(options, FailoverOptions.PARTNER_RAW_CLT_TIME, partnerHeard);
    add(options, FailoverOptions.EXPIRATION_TIME, acknowledged);
    add(options, Dhcp6Options.CLIENT_FQDN, fqdn);
    add(options, FailoverOptions.DNS_REMOVAL_INFO, dnsRemoval);
  }

  private static long secondsBefore(Optional<AbsoluteTime> base, AbsoluteTime heard) {
    AbsoluteTime from =
        base.orElseThrow(() -> new IllegalArgumentException("a contact needs a base time"));
    return from.seconds() - heard.seconds() & 0xffff_ffffL;
  }

  static <T> void add(Options.Builder options, OptionType<T> type, Optional<T> value) {
    value.ifPresent(present -> options.add(type, present));
  }

  /** The status, if its number has a meaning. */
  public Optional<BindingStatus> status() {
    return statusNumber.flatMap(BindingStatus::of);
  }

  /** What a BNDREPLY says to these facts of a BNDUPD (RFC 8156 section 7.6). */
  public BindingFacts answer(Optional<StatusCode> refusal) {
    Builder answer = new Builder();
    answer.statusNumber = statusNumber;
    answer.statusUntil = statusUntil;
    answer.partnerLifetimeSent = partnerLifetime;
    answer.error = refusal;
    return answer.build();
  }

  /** Collects facts. For one thread at a time. */
  public static final class Builder {
    private Optional<Integer> statusNumber = Optional.empty();
    private Optional<AbsoluteTime> statusSince = Optional.empty();
    private Optional<AbsoluteTime> statusUntil = Optional.empty();
    private Optional<AbsoluteTime> clientHeard = Optional.empty();
    private Optional<AbsoluteTime> partnerLifetime = Optional.empty();
    private Optional<AbsoluteTime> partnerLifetimeSent = Optional.empty();
    private Optional<AbsoluteTime> partnerHeard = Optional.empty();
    private Optional<AbsoluteTime> acknowledged = Optional.empty();
    private Optional<ClientFqdn> fqdn = Optional.empty();
    private Optional<DnsRemoval> dnsRemoval = Optional.empty();
    private Optional<StatusCode> error = Optional.empty();

    private Builder() {}

    /**
     * The status, and since when it holds.
     *
     * @throws IllegalArgumentException for PENDING-FREE, which is never sent
     */
    public Builder status(BindingStatus status, AbsoluteTime since) {
      if (status == BindingStatus.PENDING_FREE) {
        throw new IllegalArgumentException(status + " is never sent");
      }
      statusNumber = Optional.of(status.code());
      statusSince = Optional.of(since);
      return this;
    }

    /** When the status ends, for one that does. */
    public Builder statusUntil(AbsoluteTime time) {
      statusUntil = Optional.of(time);
      return this;
    }

    /** When this server heard the client; not when it did something by itself. */
    public Builder clientHeard(AbsoluteTime time) {
      clientHeard = Optional.of(time);
      return this;
    }

    /** After this the partner may take the lease for ended. */
    public Builder partnerLifetime(AbsoluteTime time) {
      partnerLifetime = Optional.of(time);
      return this;
    }

    /** A lifetime of the partner's that is acknowledged, as it came. */
    public Builder partnerLifetimeSent(AbsoluteTime time) {
      partnerLifetimeSent = Optional.of(time);
      return this;
    }

    /** When the partner heard the client, as it came from there. */
    public Builder partnerHeard(AbsoluteTime time) {
      partnerHeard = Optional.of(time);
      return this;
    }

    /** The longest lifetime that this server has ever acknowledged. */
    public Builder acknowledged(AbsoluteTime time) {
      acknowledged = Optional.of(time);
      return this;
    }

    /** The client's name. */
    public Builder fqdn(ClientFqdn name) {
      fqdn = Optional.of(name);
      return this;
    }

    /** What has to go from the DNS with the lease. */
    public Builder dnsRemoval(DnsRemoval removal) {
      dnsRemoval = Optional.of(removal);
      return this;
    }

    /** Why it was not taken. */
    public Builder error(StatusCode status) {
      error = Optional.of(status);
      return this;
    }

    /** The facts so far; the builder may be used further. */
    public BindingFacts build() {
      return new BindingFacts(
          statusNumber,
          statusSince,
          statusUntil,
          clientHeard,
          partnerLifetime,
          partnerLifetimeSent,
          partnerHeard,
          acknowledged,
          fqdn,
          dnsRemoval,
          error);
    }
  }
}
