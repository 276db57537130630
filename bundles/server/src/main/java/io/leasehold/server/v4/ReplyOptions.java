// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.net.Bytes;
import io.leasehold.server.answer.VendorBlocks;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.PlanOption;
import io.leasehold.server.v4.intake.Dhcp4Request;

/**
 * The options of one set of the plan, ready to be put into replies. Immutable, for any thread.
 *
 * <p>What the client asks for comes first and in its order (RFC 2132 section 9.8), then what the
 * plan wants sent always and what every client needs. Options that the protocol itself makes are
 * never taken from the plan.
 */
final class ReplyOptions {
  /** Each code once, in the order of the plan. */
  private final Options ready;

  /** Those of them that go to everybody. */
  private final Options always;

  private final VendorBlocks vendors;
  private final boolean lenient;
  private final Option autoConfigureOrNull;

  /**
   * Takes in a set.
   *
   * @param lenient whether vendors before a damaged part of a client's option count
   */
  ReplyOptions(OptionSet set, boolean lenient) {
    this.lenient = lenient;
    Options.Builder usual = Options.builder();
    Options.Builder unasked = Options.builder();
    Option autoConfigure = null;
    for (PlanOption option : set.all()) {
      if (!OptionSpace.DHCP4.equals(option.space()) || option.neverSend()) {
        continue;
      }
      Option value = new Option(option.code(), option.value());
      if (option.code() == Dhcp4OptionCode.AUTO_CONFIGURE) {
        autoConfigure = value;
      } else if (!isOurs(option.code()) && !usual.has(option.code())) {
        usual.add(value);
        if (isBasic(option.code())
            || option.alwaysSend() && option.code() != Dhcp4OptionCode.V6ONLY) {
          unasked.add(value);
        }
      }
    }
    ready = usual.build();
    always = unasked.build();
    vendors = new VendorBlocks(set, Vendors.CARRIER);
    autoConfigureOrNull = autoConfigure;
  }

  /** What Kea sends to every client that gets an address. */
  private static boolean isBasic(int code) {
    return code == Dhcp4OptionCode.ROUTERS
        || code == Dhcp4OptionCode.DOMAIN_NAME_SERVERS
        || code == Dhcp4OptionCode.DOMAIN_NAME;
  }

  /** Whether the protocol, not the plan, decides about an option. */
  static boolean isOurs(int code) {
    return switch (code) {
      case Dhcp4OptionCode.REQUESTED_ADDRESS,
          Dhcp4OptionCode.LEASE_TIME,
          Dhcp4OptionCode.OVERLOAD,
          Dhcp4OptionCode.MESSAGE_TYPE,
          Dhcp4OptionCode.SERVER_ID,
          Dhcp4OptionCode.PARAMETER_REQUEST,
          Dhcp4OptionCode.MESSAGE,
          Dhcp4OptionCode.MAX_MESSAGE_SIZE,
          Dhcp4OptionCode.RENEWAL_TIME,
          Dhcp4OptionCode.REBINDING_TIME,
          Dhcp4OptionCode.CLIENT_ID,
          Dhcp4OptionCode.RAPID_COMMIT,
          Dhcp4OptionCode.CLIENT_FQDN,
          Dhcp4OptionCode.RELAY_AGENT_INFO,
          Dhcp4OptionCode.AUTHENTICATE,
          Dhcp4OptionCode.SUBNET_SELECTION,
          Dhcp4OptionCode.VIVSO ->
          true;
      default -> false;
    };
  }

  /** Whether clients that can do without IPv4 are to do without it (RFC 8925 section 3.3). */
  boolean isForIpv6Only(Dhcp4Request request) {
    return ready.has(Dhcp4OptionCode.V6ONLY)
        && request.requested().contains(Dhcp4OptionCode.V6ONLY);
  }

  /** Whether a client without an address may choose one; empty if the plan does not say. */
  Bytes autoConfigure() {
    return autoConfigureOrNull == null ? Bytes.EMPTY : autoConfigureOrNull.value();
  }

  /** The plan's own subnet mask; empty if it has none. */
  Bytes subnetMask() {
    return ready.rawOrEmpty(Dhcp4OptionCode.SUBNET_MASK);
  }

  /** Adds what this client gets, as far as it is not in the reply yet. */
  void addTo(Options.Builder reply, Dhcp4Request request) {
    for (int i = 0; i < request.requested().size(); i++) {
      add(reply, ready, request.requested().code(i));
    }
    for (int i = 0; i < always.size(); i++) {
      add(reply, always, always.get(i).code());
    }
    Vendors.addTo(reply, vendors, request, lenient);
  }

  private static void add(Options.Builder reply, Options from, int code) {
    for (int i = 0; i < from.size(); i++) {
      if (from.get(i).code() == code && !reply.has(code)) {
        reply.add(from.get(i));
      }
    }
  }
}
