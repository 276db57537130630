// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.OptionType;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.OptionHolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads every option of a message that has a meaning between partners, wherever it stands. */
final class KnownOptions {
  /** A binding needs four levels: client, association, address, what to remove from the DNS. */
  static final int MAX_NESTING = 8;

  private static final Map<Integer, OptionType<?>> TYPES =
      types().stream().collect(Collectors.toUnmodifiableMap(OptionType::code, type -> type));

  private KnownOptions() {}

  private static List<OptionType<?>> types() {
    List<OptionType<?>> types = new ArrayList<>(FailoverOptions.ALL);
    types.addAll(
        List.of(
            Dhcp6Options.CLIENT_ID,
            Dhcp6Options.IA_NA,
            Dhcp6Options.IA_TA,
            Dhcp6Options.IAADDR,
            Dhcp6Options.STATUS_CODE,
            Dhcp6Options.IA_PD,
            Dhcp6Options.IAPREFIX,
            Dhcp6Options.CLIENT_FQDN,
            Dhcp6Options.CLIENT_DATA,
            Dhcp6Options.CLT_TIME,
            Dhcp6Options.LQ_RELAY_DATA,
            Dhcp6Options.VSS,
            Dhcp6Options.LQ_BASE_TIME));
    return types;
  }

  /** Throws what the first bad one throws. */
  static void check(Options options) {
    check(options, 0);
  }

  private static void check(Options options, int level) {
    for (Option option : options) {
      OptionType<?> type = TYPES.get(option.code());
      if (type != null) {
        check(option, type, level);
      }
    }
  }

  private static void check(Option option, OptionType<?> type, int level) {
    Options inside = inside(Options.of(option).first(type).orElseThrow());
    if (inside.isEmpty()) {
      return;
    }
    try {
      if (level == MAX_NESTING) {
        throw new MalformedPacketException(
            MalformedReason.NESTING_DEPTH, option.value().sourceOffset());
      }
      check(inside, level + 1);
    } catch (MalformedPacketException e) {
      throw e.inside(type.name());
    }
  }

  private static Options inside(Object value) {
    if (value instanceof OptionHolder holder) {
      return holder.options();
    }
    return value instanceof Options options ? options : Options.EMPTY;
  }
}
