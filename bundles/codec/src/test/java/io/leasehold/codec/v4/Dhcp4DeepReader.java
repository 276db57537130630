// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.OptionType;
import io.leasehold.net.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Reads everything in a packet that the codec can read: all typed keys, all rows. */
final class Dhcp4DeepReader {
  private static final List<OptionType<?>> TYPES = types(Dhcp4Options.class);
  private static final List<OptionType<?>> SUB_OPTIONS = types(RelayAgentOptions.class);

  private Dhcp4DeepReader() {}

  private static List<OptionType<?>> types(Class<?> keys) {
    List<OptionType<?>> types = new ArrayList<>();
    for (var field : keys.getFields()) {
      try {
        if (field.get(null) instanceof OptionType<?> type) {
          types.add(type);
        }
      } catch (IllegalAccessException e) {
        throw new AssertionError(e);
      }
    }
    return types;
  }

  /** Throws whatever the codec throws. */
  static Dhcp4Message read(Bytes packet) {
    Dhcp4Message message = Dhcp4Message.decode(packet);
    message.maxReplyLength();
    message.hardware();
    for (OptionType<?> type : TYPES) {
      message.options().first(type);
    }
    message
        .options()
        .first(Dhcp4Options.RELAY_AGENT_INFO)
        .ifPresent(info -> SUB_OPTIONS.forEach(info::first));
    for (Option option : message.options()) {
      if (option.code() != Dhcp4OptionCode.VIVSO && option.code() != Dhcp4OptionCode.CLIENT_FQDN) {
        // The rows of these are what a plan writes; others may send another form.
        Dhcp4OptionTable.row(option.code())
            .ifPresent(row -> row.definition().check(option.value()));
      }
    }
    return message;
  }
}
