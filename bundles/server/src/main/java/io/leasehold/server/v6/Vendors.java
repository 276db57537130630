// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.OptionRequest;
import io.leasehold.net.Bytes;
import io.leasehold.server.answer.VendorBlocks;
import io.leasehold.server.v6.intake.Dhcp6Request;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/** How vendors stand in DHCPv6: one option 16 or 17 for each (RFC 8415 sections 21.16, 21.17). */
final class Vendors {
  static final VendorBlocks.Carrier CARRIER =
      new VendorBlocks.Carrier(OptionSpace.DHCP6, Dhcp6OptionCode.VENDOR_OPTS, Vendors::read);

  private static final int ENTERPRISE_LENGTH = 4;

  private Vendors() {}

  private static List<VendorBlocks.Vendor> read(Bytes value) {
    return value.length() < ENTERPRISE_LENGTH
        ? List.of()
        : List.of(new VendorBlocks.Vendor(value.u32(0), subOptions(value)));
  }

  /** The options after the enterprise number; none if they are not framed as options. */
  private static Options subOptions(Bytes value) {
    try {
      return Options.decode(value.slice(ENTERPRISE_LENGTH, value.length()));
    } catch (MalformedPacketException e) {
      // RFC 8415 section 16: what a vendor sends must not make the server discard a message.
      return Options.EMPTY;
    }
  }

  /** What a client says of vendors. */
  static VendorBlocks.Query query(Dhcp6Request request) {
    Options options = request.message().options();
    Set<Long> named = new HashSet<>();
    for (Option option : options) {
      boolean vendor =
          option.code() == Dhcp6OptionCode.VENDOR_CLASS
              || option.code() == Dhcp6OptionCode.VENDOR_OPTS;
      if (vendor && option.value().length() >= ENTERPRISE_LENGTH) {
        named.add(option.value().u32(0));
      }
    }
    boolean requested = request.requested().contains(Dhcp6OptionCode.VENDOR_OPTS);
    return new VendorBlocks.Query(requested, named, cableList(options));
  }

  /** The sub-options a cable device lists; null if it does not. */
  private static IntPredicate cableList(Options options) {
    for (Bytes value : options.allRaw(Dhcp6OptionCode.VENDOR_OPTS)) {
      if (value.length() >= ENTERPRISE_LENGTH && value.u32(0) == VendorBlocks.CABLELABS) {
        Bytes list = subOptions(value).raw(VendorBlocks.CABLELABS_REQUEST).orElse(Bytes.EMPTY);
        int count = Math.min(list.length() / 2, VendorBlocks.MAX_REQUESTED);
        return count == 0 ? null : new OptionRequest(list.slice(0, 2 * count))::contains;
      }
    }
    return null;
  }
}
