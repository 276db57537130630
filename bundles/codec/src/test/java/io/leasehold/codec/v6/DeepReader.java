// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.OptionType;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Reads everything in a packet that the codec can read: all levels, all typed keys, all rows. */
final class DeepReader {
  private static final List<OptionType<?>> TYPES = types();
  private static final int MAX_LEVELS = 16;

  private DeepReader() {}

  private static List<OptionType<?>> types() {
    List<OptionType<?>> types = new ArrayList<>();
    for (var field : Dhcp6Options.class.getFields()) {
      try {
        types.add((OptionType<?>) field.get(null));
      } catch (IllegalAccessException e) {
        throw new AssertionError(e);
      }
    }
    return types;
  }

  /** Throws whatever the codec throws. */
  static RelayChain read(Bytes packet) {
    RelayChain chain = RelayChain.decode(packet);
    for (RelayMessage relay : chain.relays()) {
      readOptions(relay.options(), 0);
    }
    readOptions(chain.message().options(), 0);
    return chain;
  }

  private static void readOptions(Options options, int level) {
    for (OptionType<?> type : TYPES) {
      for (Object value : options.all(type)) {
        if (level < MAX_LEVELS) {
          readOptions(inside(value), level + 1);
        }
      }
    }
    for (Option option : options) {
      Dhcp6OptionTable.row(option.code()).ifPresent(row -> row.definition().check(option.value()));
    }
  }

  private static Options inside(Object value) {
    if (value instanceof OptionHolder holder) {
      return holder.options();
    }
    return value instanceof Options options ? options : Options.EMPTY;
  }
}
