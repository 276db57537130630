// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.VendorOptions;
import io.leasehold.server.answer.VendorBlocks;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.PlanOption;
import io.leasehold.server.v6.intake.Dhcp6Request;
import java.util.ArrayList;
import java.util.List;

/**
 * The options of one set of the plan, ready to be put into replies. Immutable, for any thread.
 *
 * <p>An option is sent if the client asks for it or the plan wants it sent always (RFC 8415 section
 * 21.7). Options that the protocol itself makes are never taken from the plan.
 */
final class ReplyOptions {
  private record Ready(Option option, boolean alwaysSend) {}

  private final Ready[] ready;
  private final Option preferenceOrNull;
  private final VendorBlocks vendors;

  ReplyOptions(OptionSet set) {
    List<Ready> usual = new ArrayList<>();
    Option preference = null;
    for (PlanOption option : set.all()) {
      if (!OptionSpace.DHCP6.equals(option.space())
          || option.neverSend()
          || isOurs(option.code())) {
        continue;
      }
      if (option.code() == Dhcp6OptionCode.PREFERENCE) {
        preference = new Option(option.code(), option.value());
      } else {
        usual.add(new Ready(new Option(option.code(), option.value()), option.alwaysSend()));
      }
    }
    ready = usual.toArray(Ready[]::new);
    preferenceOrNull = preference;
    vendors = new VendorBlocks(set, Vendors.CARRIER);
  }

  /** Whether the protocol, not the plan, decides about an option. */
  static boolean isOurs(int code) {
    return switch (code) {
      case Dhcp6OptionCode.CLIENT_ID,
          Dhcp6OptionCode.SERVER_ID,
          Dhcp6OptionCode.IA_NA,
          Dhcp6OptionCode.IA_TA,
          Dhcp6OptionCode.IAADDR,
          Dhcp6OptionCode.ORO,
          Dhcp6OptionCode.ELAPSED_TIME,
          Dhcp6OptionCode.RELAY_MSG,
          Dhcp6OptionCode.AUTH,
          Dhcp6OptionCode.UNICAST,
          Dhcp6OptionCode.STATUS_CODE,
          Dhcp6OptionCode.RAPID_COMMIT,
          Dhcp6OptionCode.VENDOR_OPTS,
          Dhcp6OptionCode.INTERFACE_ID,
          Dhcp6OptionCode.RECONF_MSG,
          Dhcp6OptionCode.RECONF_ACCEPT,
          Dhcp6OptionCode.IA_PD,
          Dhcp6OptionCode.IAPREFIX,
          Dhcp6OptionCode.PD_EXCLUDE ->
          true;
      default -> false;
    };
  }

  /** Adds what this client gets in a message of the type. */
  void addTo(Options.Builder reply, int replyType, Dhcp6Request request) {
    // RFC 8415 sections 18.3.9 and 21.7: not asked for, but part of an Advertise.
    if (preferenceOrNull != null && replyType == Dhcp6MessageType.ADVERTISE) {
      reply.add(preferenceOrNull);
    }
    for (Ready one : ready) {
      int code = one.option.code();
      if ((one.alwaysSend || request.requested().contains(code)) && isDue(code, request)) {
        reply.add(one.option);
      }
    }
    if (!vendors.isEmpty()) {
      for (VendorBlocks.Vendor vendor : vendors.chosen(Vendors.query(request))) {
        reply.add(
            Dhcp6Options.VENDOR_OPTS, new VendorOptions(vendor.enterprise(), vendor.options()));
      }
    }
    for (Option supplied : request.supplied()) {
      // RFC 6422 section 6: a candidate like others, where the server has none of its own.
      if (request.requested().contains(supplied.code()) && !has(supplied.code())) {
        reply.add(supplied);
      }
    }
  }

  /** RFC 8415 section 21.23: a refresh time is only for who holds no lease. */
  private static boolean isDue(int code, Dhcp6Request request) {
    return code != Dhcp6OptionCode.INFORMATION_REFRESH_TIME
        || request.type() == Dhcp6MessageType.INFORMATION_REQUEST;
  }

  private boolean has(int code) {
    for (Ready one : ready) {
      if (one.option.code() == code) {
        return true;
      }
    }
    return false;
  }
}
