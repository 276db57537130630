// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.codec.v4.Dhcp4Options;
import io.leasehold.codec.v4.VendorIdentifyingClass;
import io.leasehold.codec.v4.VendorIdentifyingOptions;
import io.leasehold.net.Bytes;
import io.leasehold.server.answer.VendorBlocks;
import io.leasehold.server.v4.intake.Dhcp4Request;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/** How vendors stand in DHCPv4: all in one option 124 or 125 (RFC 3925). */
final class Vendors {
  static final VendorBlocks.Carrier CARRIER =
      new VendorBlocks.Carrier(OptionSpace.DHCP4, Dhcp4OptionCode.VIVSO, Vendors::read);

  /** RFC 3925 section 4: the length of a vendor's options is one octet. */
  private static final int MOST_OCTETS = 255;

  private static final int OPTION_HEADER = 2;

  private Vendors() {}

  /** A plan that says the number of a vendor alone has its options in a space of their own. */
  private static List<VendorBlocks.Vendor> read(Bytes value) {
    if (value.length() == Integer.BYTES) {
      return List.of(new VendorBlocks.Vendor(value.u32(0), Options.EMPTY));
    }
    return options(Options.of(new Option(Dhcp4OptionCode.VIVSO, value))).stream()
        .map(one -> new VendorBlocks.Vendor(one.enterpriseNumber(), one.options()))
        .toList();
  }

  /** None if they are not framed as they should be: what a vendor sends must not cost a lease. */
  private static List<VendorIdentifyingOptions> options(Options of) {
    try {
      return of.first(Dhcp4Options.VIVSO).orElse(List.of());
    } catch (MalformedPacketException e) {
      return List.of();
    }
  }

  /** The vendors of option 124; if it is damaged none, or those before the damage. */
  private static List<Long> classes(Options of, boolean leniently) {
    try {
      return of.first(Dhcp4Options.VIVCO).orElse(List.of()).stream()
          .map(VendorIdentifyingClass::enterpriseNumber)
          .toList();
    } catch (MalformedPacketException e) {
      return leniently ? readable(of.raw(Dhcp4OptionCode.VIVCO).orElseThrow()) : List.of();
    }
  }

  /** RFC 3925 section 3: number, length, words. As in Kea words that are too long end with it. */
  private static List<Long> readable(Bytes damaged) {
    List<Long> numbers = new ArrayList<>();
    ByteReader in = new ByteReader(damaged);
    while (in.remaining() > Integer.BYTES) {
      numbers.add(in.u32());
      in.bytes(Math.min(in.u8(), in.remaining()));
    }
    return numbers;
  }

  /**
   * Adds what this client gets.
   *
   * @param leniently whether vendors before a damaged part of their option count
   */
  static void addTo(
      Options.Builder reply, VendorBlocks blocks, Dhcp4Request request, boolean leniently) {
    if (blocks.isEmpty()) {
      return;
    }
    List<VendorIdentifyingOptions> all = new ArrayList<>();
    blocks.chosen(query(request, leniently)).forEach(vendor -> split(all, vendor));
    if (!all.isEmpty()) {
      reply.add(Dhcp4Options.VIVSO, all);
    }
  }

  /** RFC 3925 section 4: one vendor may stand several times. */
  private static void split(List<VendorIdentifyingOptions> all, VendorBlocks.Vendor vendor) {
    Options.Builder part = Options.builder();
    int length = 0;
    for (Option option : vendor.options()) {
      int more = OPTION_HEADER + option.value().length();
      if (more > MOST_OCTETS) {
        continue;
      }
      if (length + more > MOST_OCTETS) {
        all.add(new VendorIdentifyingOptions(vendor.enterprise(), part.build()));
        part = Options.builder();
        length = 0;
      }
      part.add(option);
      length += more;
    }
    all.add(new VendorIdentifyingOptions(vendor.enterprise(), part.build()));
  }

  private static VendorBlocks.Query query(Dhcp4Request request, boolean leniently) {
    List<VendorIdentifyingOptions> own = options(request.message().options());
    Set<Long> named = new HashSet<>();
    own.forEach(one -> named.add(one.enterpriseNumber()));
    named.addAll(classes(request.message().options(), leniently));
    boolean requested = request.requested().contains(Dhcp4OptionCode.VIVSO);
    return new VendorBlocks.Query(requested, named, cableList(own));
  }

  /** The sub-options a cable device lists; null if it does not. */
  private static IntPredicate cableList(List<VendorIdentifyingOptions> own) {
    for (VendorIdentifyingOptions one : own) {
      if (one.enterpriseNumber() == VendorBlocks.CABLELABS) {
        Bytes list = one.options().raw(VendorBlocks.CABLELABS_REQUEST).orElse(Bytes.EMPTY);
        int count = Math.min(list.length(), VendorBlocks.MAX_REQUESTED);
        return count == 0 ? null : code -> contains(list, count, code);
      }
    }
    return null;
  }

  private static boolean contains(Bytes list, int count, int code) {
    for (int i = 0; i < count; i++) {
      if (list.at(i) == code) {
        return true;
      }
    }
    return false;
  }
}
