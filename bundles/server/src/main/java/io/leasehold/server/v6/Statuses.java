// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.server.v6.intake.IdentityAssociation;

/** Status Code options (RFC 8415 section 21.13), made once. */
final class Statuses {
  static final Option SUCCESS = status(Dhcp6StatusCode.SUCCESS, "all done");
  static final Option ON_LINK =
      status(Dhcp6StatusCode.SUCCESS, "all addresses are appropriate for this link");
  static final Option NOT_ON_LINK =
      status(Dhcp6StatusCode.NOT_ON_LINK, "an address is not appropriate for this link");
  static final Option NO_BINDING =
      status(Dhcp6StatusCode.NO_BINDING, "no lease is known for this client and IAID");
  private static final Option NO_ADDRS_AVAIL =
      status(Dhcp6StatusCode.NO_ADDRS_AVAIL, "no address is available on this link");
  private static final Option NO_PREFIX_AVAIL =
      status(Dhcp6StatusCode.NO_PREFIX_AVAIL, "no prefix is available on this link");

  private Statuses() {}

  /** The status of an association that gets nothing. */
  static Option nothingFor(IdentityAssociation association) {
    return association.isForPrefixes() ? NO_PREFIX_AVAIL : NO_ADDRS_AVAIL;
  }

  private static Option status(int code, String text) {
    return new Option(
        Dhcp6OptionCode.STATUS_CODE, Dhcp6Options.STATUS_CODE.encode(new StatusCode(code, text)));
  }
}
