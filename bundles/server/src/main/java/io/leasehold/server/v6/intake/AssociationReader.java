// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6.intake;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.IaAddress;
import io.leasehold.codec.v6.IaPrefix;
import io.leasehold.lease.LeaseKind;
import io.leasehold.net.Prefix;
import java.util.ArrayList;
import java.util.List;

/** Reads the identity associations of a message, within limits. */
public final class AssociationReader {
  /** Associations looked at; further ones are as if they were not there. */
  public static final int MAX_ASSOCIATIONS = 64;

  /** Addresses or prefixes of one association looked at. */
  static final int MAX_WANTED = 16;

  private AssociationReader() {}

  /**
   * The associations in order, each kind and number once. Temporary addresses are obsolete (RFC
   * 9915) and are left out.
   *
   * @throws io.leasehold.codec.MalformedPacketException if one is not what it should be
   */
  static List<IdentityAssociation> read(Options options) {
    List<IdentityAssociation> found = new ArrayList<>(2);
    for (int i = 0; i < options.size() && found.size() < MAX_ASSOCIATIONS; i++) {
      Option option = options.get(i);
      IdentityAssociation association =
          switch (option.code()) {
            case Dhcp6OptionCode.IA_NA -> addresses(option);
            case Dhcp6OptionCode.IA_PD -> prefixes(option);
            default -> null;
          };
      // RFC 8415 section 21.4: each must have a unique IAID; of two, the first counts.
      if (association != null && !contains(found, association)) {
        found.add(association);
      }
    }
    return found;
  }

  /** The associations, the number of one that is alone of its kind being 0. */
  static List<IdentityAssociation> withoutNumbers(List<IdentityAssociation> associations) {
    List<IdentityAssociation> alike = new ArrayList<>(associations.size());
    for (IdentityAssociation one : associations) {
      boolean alone =
          associations.stream().filter(other -> other.kind() == one.kind()).count() == 1;
      alike.add(alone ? one.withoutNumber() : one);
    }
    return alike;
  }

  private static boolean contains(List<IdentityAssociation> found, IdentityAssociation other) {
    for (IdentityAssociation one : found) {
      if (one.iaid() == other.iaid() && one.kind() == other.kind()) {
        return true;
      }
    }
    return false;
  }

  private static IdentityAssociation addresses(Option option) {
    var ia = Dhcp6Options.IA_NA.decode(option.value());
    return new IdentityAssociation(LeaseKind.IA_NA, ia.iaid(), addresses(ia.options()));
  }

  /** The addresses among the options of an association. */
  public static List<WantedLease> addresses(Options options) {
    if (options.isEmpty()) {
      return List.of();
    }
    List<WantedLease> wanted = new ArrayList<>(1);
    for (int i = 0; i < options.size() && wanted.size() < MAX_WANTED; i++) {
      if (options.get(i).code() == Dhcp6OptionCode.IAADDR) {
        IaAddress address = Dhcp6Options.IAADDR.decode(options.get(i).value());
        Prefix single = new Prefix(address.address(), 128);
        add(
            wanted,
            new WantedLease(single, address.preferredSeconds(), address.validSeconds(), null));
      }
    }
    return wanted;
  }

  private static IdentityAssociation prefixes(Option option) {
    var ia = Dhcp6Options.IA_PD.decode(option.value());
    Options options = ia.options();
    List<WantedLease> wanted = new ArrayList<>(1);
    for (int i = 0; i < options.size() && wanted.size() < MAX_WANTED; i++) {
      if (options.get(i).code() == Dhcp6OptionCode.IAPREFIX) {
        IaPrefix prefix = Dhcp6Options.IAPREFIX.decode(options.get(i).value());
        add(
            wanted,
            new WantedLease(
                prefix.prefix(),
                prefix.preferredSeconds(),
                prefix.validSeconds(),
                prefix.options().first(Dhcp6Options.PD_EXCLUDE).orElse(null)));
      }
    }
    return new IdentityAssociation(LeaseKind.IA_PD, ia.iaid(), wanted);
  }

  private static void add(List<WantedLease> wanted, WantedLease one) {
    for (WantedLease earlier : wanted) {
      if (one.isSpecific() && earlier.prefix().equals(one.prefix())) {
        return;
      }
    }
    wanted.add(one);
  }
}
