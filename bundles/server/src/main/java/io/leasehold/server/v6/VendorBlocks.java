// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.OptionRequest;
import io.leasehold.codec.v6.VendorOptions;
import io.leasehold.net.Bytes;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.PlanOption;
import io.leasehold.server.v6.intake.Dhcp6Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Vendor-specific Information (RFC 8415 section 21.17): one option for each enterprise, made of the
 * plan's option 17 and of its spaces {@code vendor-N}. Immutable, for any thread.
 *
 * <p>A client that asks for option 17 gets the options of the enterprises it names in option 16 or
 * 17, and those of all if it names none that the plan knows. Whoever lists sub-options in the way
 * of CableLabs gets those. An option 17 that the plan wants sent always goes to everybody, with all
 * that is in it; a sub-option so marked goes to all who ask for its vendor or name it, as in Kea.
 */
final class VendorBlocks {
  private static final String SPACE_PREFIX = "vendor-";
  private static final int ENTERPRISE_LENGTH = 4;
  private static final long CABLELABS = 4491;

  /** Sub-option of CableLabs that lists wanted sub-options. */
  private static final int CABLELABS_REQUEST = 1;

  private static final int MAX_REQUESTED = 64;

  private record SubOption(Option option, boolean alwaysSend) {}

  private static final class Block {
    final List<SubOption> subOptions = new ArrayList<>();

    /** The plan has an option 17 for the enterprise: it is sent even without sub-options. */
    boolean declared;

    boolean alwaysSend;

    void add(Option option, boolean always) {
      for (SubOption present : subOptions) {
        if (present.option.equals(option)) {
          return;
        }
      }
      subOptions.add(new SubOption(option, always));
    }
  }

  private final Map<Long, Block> blocks = new TreeMap<>();

  VendorBlocks(OptionSet set) {
    for (PlanOption option : set.all()) {
      long enterprise = enterprise(option);
      if (enterprise < 0 || option.neverSend()) {
        continue;
      }
      Block block = blocks.computeIfAbsent(enterprise, n -> new Block());
      if (ReplyOptions.SPACE.equals(option.space())) {
        block.declared = true;
        block.alwaysSend |= option.alwaysSend();
        Bytes value = option.value();
        for (Option inside : subOptions(value)) {
          block.add(inside, false);
        }
      } else {
        block.add(new Option(option.code(), option.value()), option.alwaysSend());
      }
    }
  }

  /** The enterprise an option of the plan is for; -1 if it is not a vendor's. */
  private static long enterprise(PlanOption option) {
    String space = option.space().name();
    if (ReplyOptions.SPACE.equals(option.space())) {
      return option.code() == Dhcp6OptionCode.VENDOR_OPTS
              && option.value().length() >= ENTERPRISE_LENGTH
          ? option.value().u32(0)
          : -1;
    }
    if (!space.startsWith(SPACE_PREFIX) || space.length() > SPACE_PREFIX.length() + 10) {
      return -1;
    }
    long number = 0;
    for (int i = SPACE_PREFIX.length(); i < space.length(); i++) {
      int digit = space.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number <= 0xffff_ffffL ? number : -1;
  }

  /** Adds what this client gets. */
  void addTo(Options.Builder reply, Dhcp6Request request) {
    if (blocks.isEmpty()) {
      return;
    }
    Options query = request.message().options();
    boolean requested = request.requested().contains(Dhcp6OptionCode.VENDOR_OPTS);
    boolean namesKnown = namesKnown(query);
    blocks.forEach(
        (enterprise, block) -> {
          OptionRequest list = enterprise == CABLELABS ? subOptionList(query) : null;
          boolean named = names(query, enterprise);
          boolean meant = requested && (!namesKnown || named);
          if (meant || named || block.alwaysSend) {
            add(reply, enterprise, block, meant, list);
          }
        });
  }

  private static void add(
      Options.Builder reply, long enterprise, Block block, boolean meant, OptionRequest list) {
    Options.Builder chosen = Options.builder();
    for (SubOption one : block.subOptions) {
      boolean wanted = list == null ? meant : list.contains(one.option.code());
      if (wanted || one.alwaysSend || block.alwaysSend) {
        chosen.add(one.option);
      }
    }
    if (!chosen.isEmpty() || block.declared && (meant || block.alwaysSend)) {
      reply.add(Dhcp6Options.VENDOR_OPTS, new VendorOptions(enterprise, chosen.build()));
    }
  }

  private boolean namesKnown(Options query) {
    for (Long enterprise : blocks.keySet()) {
      if (names(query, enterprise)) {
        return true;
      }
    }
    return false;
  }

  private static boolean names(Options query, long enterprise) {
    for (Option option : query) {
      boolean vendor =
          option.code() == Dhcp6OptionCode.VENDOR_CLASS
              || option.code() == Dhcp6OptionCode.VENDOR_OPTS;
      if (vendor && isOf(enterprise, option.value())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOf(long enterprise, Bytes value) {
    return value.length() >= ENTERPRISE_LENGTH && value.u32(0) == enterprise;
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

  /** The sub-options a cable device lists; null if it does not. */
  private static OptionRequest subOptionList(Options query) {
    for (Bytes value : query.allRaw(Dhcp6OptionCode.VENDOR_OPTS)) {
      if (isOf(CABLELABS, value)) {
        Bytes list = subOptions(value).raw(CABLELABS_REQUEST).orElse(Bytes.EMPTY);
        int count = Math.min(list.length() / 2, MAX_REQUESTED);
        return count == 0 ? null : new OptionRequest(list.slice(0, 2 * count));
      }
    }
    return null;
  }
}
