// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.codec.v6.Dhcp6OptionTable;
import io.leasehold.net.Bytes;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.PlanOption;
import io.leasehold.server.plan.json.OptionReader.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the {@code option-data} of one level and puts the options of encapsulated spaces into those
 * around them.
 */
final class OptionValues {
  private static final String VENDOR = "vendor-";

  private record Key(OptionSpace space, int code) {}

  private final Findings findings;
  private final List<Value> values = new ArrayList<>();
  private final Map<OptionSpace, Bytes> encapsulated = new HashMap<>();

  private OptionValues(Findings findings) {
    this.findings = findings;
  }

  /** The options of a level. */
  static OptionSet read(Fields level, Vocabulary words) {
    if (!level.has("option-data")) {
      return OptionSet.NONE;
    }
    OptionValues all = new OptionValues(level.findings());
    for (Fields option : level.objects("option-data", ObjectKind.OPTION_DATA)) {
      Optional<Value> read = OptionReader.read(option, words);
      read.ifPresent(value -> ServerOptions.checkIdentifier(level, value));
      read.ifPresent(all.values::add);
    }
    all.checkRepeated();
    return all.assemble();
  }

  private void checkRepeated() {
    Map<Key, Value> seen = new HashMap<>();
    for (Value value : values) {
      Value first = seen.putIfAbsent(new Key(value.space(), value.code()), value);
      boolean forSome = first != null && !(first.guard().isOpen() && value.guard().isOpen());
      if (first != null && !forSome && !mayRepeat(value)) {
        findings.error(
            value.place(),
            value.title() + " is set twice on this level; the other is at " + first.place());
      }
    }
  }

  /**
   * What occurs several times in a DHCPv4 message is one option in pieces (RFC 3396). All vendors
   * are in one option, each said by itself (RFC 3925 section 4).
   */
  private static boolean mayRepeat(Value value) {
    if (value.space().equals(OptionSpace.DHCP4)) {
      return value.code() == Dhcp4OptionCode.VIVSO;
    }
    return !value.space().equals(OptionSpace.DHCP6)
        || Dhcp6OptionTable.row(value.code()).map(row -> !row.isSingleton()).orElse(false);
  }

  private OptionSet assemble() {
    List<PlanOption> options = new ArrayList<>();
    Set<OptionSpace> used = new HashSet<>();
    for (Value value : values) {
      if (isTop(value.space())) {
        Bytes octets = value.neverSend() ? Bytes.EMPTY : complete(value, used, 0);
        options.add(
            new PlanOption(
                value.space(),
                value.code(),
                octets,
                value.alwaysSend(),
                value.neverSend(),
                value.guard()));
      }
    }
    for (Value value : values) {
      if (!isTop(value.space()) && !value.guard().isOpen()) {
        findings.error(
            value.place(),
            value.title()
                + " is within another option; accepted is \"client-classes\" of the option around it");
      }
      if (!isTop(value.space()) && !used.contains(value.space())) {
        findings.warn(
            "not encapsulated " + value.space(),
            value.place(),
            value.title()
                + " is not sent: no option set on this level encapsulates the space \""
                + value.space()
                + "\"");
      }
    }
    return new OptionSet(options);
  }

  /**
   * Whether options of a space stand by themselves in a message, or in the option for those of
   * vendors.
   */
  private static boolean isTop(OptionSpace space) {
    return isOfMessages(space)
        || space.name().startsWith(VENDOR)
            && space.name().substring(VENDOR.length()).matches("\\d{1,10}");
  }

  private static boolean isOfMessages(OptionSpace space) {
    return space.equals(OptionSpace.DHCP6) || space.equals(OptionSpace.DHCP4);
  }

  private Bytes complete(Value value, Set<OptionSpace> used, int depth) {
    // An option that holds options of the protocol gets none of those that stand beside it.
    Optional<OptionSpace> inner =
        value
            .definition()
            .flatMap(OptionDefinition::encapsulates)
            .filter(space -> !isOfMessages(space));
    if (inner.isEmpty() || depth > OptionDefinitions.DEEPEST) {
      return value.value();
    }
    used.add(inner.get());
    Bytes options = encapsulated.get(inner.get());
    if (options == null) {
      options = encoded(inner.get(), used, depth);
      encapsulated.put(inner.get(), options);
    }
    if (value.value().isEmpty() && options.isEmpty() && !value.neverSend()) {
      findings.warn(
          "sent empty " + value.title(),
          value.place(),
          value.title()
              + " is sent without a value: no option of the space \""
              + inner.get()
              + "\" is set on this level");
    }
    return joined(value, options);
  }

  private Bytes encoded(OptionSpace space, Set<OptionSpace> used, int depth) {
    Options.Builder options = Options.builder();
    for (Value sub : values) {
      if (sub.space().equals(space) && !sub.neverSend()) {
        options.add(sub.code(), complete(sub, used, depth + 1));
      }
    }
    return space.framing().encode(options.build());
  }

  private Bytes joined(Value value, Bytes options) {
    int length = value.value().length() + options.length();
    int most = OptionReader.longest(value.space());
    if (length > most) {
      findings.error(
          value.place(),
          value.title() + " has " + length + " octets with its options; at most " + most + " fit");
      return value.value();
    }
    return new ByteWriter(length).bytes(value.value()).bytes(options).toBytes();
  }
}
