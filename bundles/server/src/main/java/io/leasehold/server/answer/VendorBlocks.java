// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.answer;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.PlanOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * Vendor-specific Information (RFC 8415 section 21.17, RFC 3925 section 4): a block of options for
 * each enterprise, made of the plan's own option and of its spaces {@code vendor-N}. Immutable, for
 * any thread.
 *
 * <p>A client that asks for the option gets the blocks of the enterprises it names, and those of
 * all if it names none that the plan knows. Whoever lists sub-options in the way of CableLabs gets
 * those. An option that the plan wants sent always goes to everybody, with all that is in it; a
 * sub-option so marked goes to all who ask for its vendor or name it, as in Kea.
 */
public final class VendorBlocks {
  /** Enterprise number of CableLabs. */
  public static final long CABLELABS = 4491;

  /** Sub-option of CableLabs that lists wanted sub-options. */
  public static final int CABLELABS_REQUEST = 1;

  /** Sub-options of such a list that are honoured. */
  public static final int MAX_REQUESTED = 64;

  private static final String SPACE_PREFIX = "vendor-";

  /**
   * The options of one vendor.
   *
   * @param enterprise its number
   * @param options its options
   */
  public record Vendor(long enterprise, Options options) {}

  /**
   * The option of a protocol that holds vendors.
   *
   * @param space of the options that stand in a message itself
   * @param code of the option
   * @param reader reads its value; empty if it is not framed as it should be
   */
  public record Carrier(OptionSpace space, int code, Function<Bytes, List<Vendor>> reader) {
    /** The options of a vendor that are in a message. */
    public Options inside(Options message, long enterprise) {
      Options.Builder found = Options.builder();
      for (Bytes value : message.allRaw(code)) {
        for (Vendor vendor : reader.apply(value)) {
          if (vendor.enterprise() == enterprise) {
            found.addAll(vendor.options());
          }
        }
      }
      return found.build();
    }
  }

  /**
   * What a client says of vendors.
   *
   * @param requested whether it asks for the option
   * @param named the vendors it names
   * @param cableListOrNull the sub-options a cable device lists; null if it does not
   */
  public record Query(boolean requested, Set<Long> named, IntPredicate cableListOrNull) {}

  private record SubOption(Option option, boolean alwaysSend) {}

  private static final class Block {
    final List<SubOption> subOptions = new ArrayList<>();

    /** The plan has the option for the enterprise: it is sent even without sub-options. */
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

    Options options(IntPredicate isWanted) {
      Options.Builder options = Options.builder();
      for (SubOption one : subOptions) {
        if (isWanted.test(one.option.code()) || one.alwaysSend || alwaysSend) {
          options.add(one.option);
        }
      }
      return options.build();
    }
  }

  private final Map<Long, Block> blocks = new TreeMap<>();

  /** Takes in the vendors of a set. */
  public VendorBlocks(OptionSet set, Carrier carrier) {
    for (PlanOption option : set.all()) {
      if (option.neverSend()) {
        continue;
      }
      if (carrier.space().equals(option.space())) {
        if (option.code() == carrier.code()) {
          carrier.reader().apply(option.value()).forEach(v -> declare(v, option.alwaysSend()));
        }
      } else {
        long enterprise = enterprise(option.space().name());
        if (enterprise >= 0) {
          block(enterprise).add(new Option(option.code(), option.value()), option.alwaysSend());
        }
      }
    }
  }

  private Block block(long enterprise) {
    return blocks.computeIfAbsent(enterprise, n -> new Block());
  }

  private void declare(Vendor vendor, boolean always) {
    Block block = block(vendor.enterprise());
    block.declared = true;
    block.alwaysSend |= always;
    for (Option inside : vendor.options()) {
      block.add(inside, false);
    }
  }

  /** The enterprise whose options a space holds; -1 if it is not a vendor's. */
  private static long enterprise(String space) {
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

  /** Whether there is nothing for anybody. */
  public boolean isEmpty() {
    return blocks.isEmpty();
  }

  /** What a client gets, in the order of enterprises. */
  public List<Vendor> chosen(Query query) {
    List<Vendor> chosen = new ArrayList<>(1);
    boolean namesKnown = blocks.keySet().stream().anyMatch(query.named()::contains);
    blocks.forEach(
        (enterprise, block) -> {
          boolean named = query.named().contains(enterprise);
          boolean meant = query.requested() && (!namesKnown || named);
          if (meant || named || block.alwaysSend) {
            IntPredicate list = enterprise == CABLELABS ? query.cableListOrNull() : null;
            Options options = block.options(list == null ? code -> meant : list);
            if (!options.isEmpty() || block.declared && (meant || block.alwaysSend)) {
              chosen.add(new Vendor(enterprise, options));
            }
          }
        });
    return chosen;
  }
}
