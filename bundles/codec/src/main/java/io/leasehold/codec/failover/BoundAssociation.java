// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.IaNa;
import io.leasehold.codec.v6.IaPd;
import io.leasehold.codec.v6.IaTa;
import io.leasehold.codec.v6.StatusCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An identity association of a client with its leases.
 *
 * @param kind each numbers its own
 * @param iaid unsigned 32 bits
 * @param t1Seconds as given to the client, unsigned 32 bits; 0 for temporary addresses
 * @param t2Seconds as given to the client, unsigned 32 bits; 0 for temporary addresses
 * @param error why nothing of it was taken
 * @param leases addresses or prefixes, as the kind says
 */
public record BoundAssociation(
    Kind kind,
    long iaid,
    long t1Seconds,
    long t2Seconds,
    Optional<StatusCode> error,
    List<BoundLease> leases) {
  /** What an association is for. */
  public enum Kind {
    /** IA_NA. */
    ADDRESSES,
    /** IA_TA, obsolete since RFC 9915. */
    TEMPORARY,
    /** IA_PD. */
    PREFIXES
  }

  /** Copies the list. */
  public BoundAssociation {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(error);
    leases = List.copyOf(leases);
  }

  /** The associations in the options of a client, by kind. */
  static List<BoundAssociation> read(Options options, Optional<AbsoluteTime> base) {
    List<BoundAssociation> found = new ArrayList<>();
    for (IaNa ia : options.all(Dhcp6Options.IA_NA)) {
      found.add(of(Kind.ADDRESSES, ia.iaid(), ia.t1Seconds(), ia.t2Seconds(), ia.options(), base));
    }
    for (IaTa ia : options.all(Dhcp6Options.IA_TA)) {
      found.add(of(Kind.TEMPORARY, ia.iaid(), 0, 0, ia.options(), base));
    }
    for (IaPd ia : options.all(Dhcp6Options.IA_PD)) {
      found.add(of(Kind.PREFIXES, ia.iaid(), ia.t1Seconds(), ia.t2Seconds(), ia.options(), base));
    }
    return found;
  }

  private static BoundAssociation of(
      Kind kind, long iaid, long t1, long t2, Options options, Optional<AbsoluteTime> base) {
    List<BoundLease> leases =
        kind == Kind.PREFIXES
            ? options.all(Dhcp6Options.IAPREFIX).stream()
                .map(prefix -> BoundLease.read(prefix, base))
                .toList()
            : options.all(Dhcp6Options.IAADDR).stream()
                .map(address -> BoundLease.read(address, base))
                .toList();
    return new BoundAssociation(
        kind, iaid, t1, t2, options.first(Dhcp6Options.STATUS_CODE), leases);
  }

  void write(Options.Builder out, Optional<AbsoluteTime> base) {
    Options.Builder inside = Options.builder();
    BindingFacts.add(inside, Dhcp6Options.STATUS_CODE, error);
    for (BoundLease lease : leases) {
      if (kind == Kind.PREFIXES) {
        inside.add(Dhcp6Options.IAPREFIX, lease.toPrefix(Options.builder(), base));
      } else {
        inside.add(Dhcp6Options.IAADDR, lease.toAddress(base));
      }
    }
    switch (kind) {
      case ADDRESSES ->
          out.add(Dhcp6Options.IA_NA, new IaNa(iaid, t1Seconds, t2Seconds, inside.build()));
      case TEMPORARY -> out.add(Dhcp6Options.IA_TA, new IaTa(iaid, inside.build()));
      case PREFIXES ->
          out.add(Dhcp6Options.IA_PD, new IaPd(iaid, t1Seconds, t2Seconds, inside.build()));
    }
  }
}
