// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;

/**
 * How partners offer each other to tell of leases of DHCPv4, which RFC 8156 does not know. Who does
 * not know the option ignores it (RFC 8415 section 16). Its number is not assigned, so it is the
 * value that means something: a name with a version, then nothing, or a blank and what later
 * releases may add. Any other value is no offer.
 */
final class Dhcp4Extension {
  private static final Bytes NAME = Bytes.ofUtf8("leasehold-dhcp4/1");
  private static final int BLANK = ' ';

  /** The offer. */
  static final Option OFFER = new Option(FailoverOptionCode.DHCP4_OFFER, NAME);

  private Dhcp4Extension() {}

  /** Whether an offer is among the options of a CONNECT or CONNECTREPLY. */
  static boolean isOffered(Options options) {
    return options.allRaw(FailoverOptionCode.DHCP4_OFFER).stream()
        .anyMatch(Dhcp4Extension::isOffer);
  }

  private static boolean isOffer(Bytes value) {
    int length = NAME.length();
    return value.length() >= length
        && value.slice(0, length).equals(NAME)
        && (value.length() == length || value.at(length) == BLANK);
  }
}
