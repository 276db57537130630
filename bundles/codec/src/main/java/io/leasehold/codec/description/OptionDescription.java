// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.description;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionFormat;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes options apart for people, as far as they can be read. Immutable, for any thread. */
public final class OptionDescription {
  private static final OptionFormat OCTETS = OptionFormat.parse("binary");

  private final OptionCatalogue catalogue;
  private final OptionFamily family;

  /** Describes options as the catalogue defines them and the family adds. */
  public OptionDescription(OptionCatalogue catalogue, OptionFamily family) {
    this.catalogue = catalogue;
    this.family = family;
  }

  /** Adds all options of the octets that can be framed, and what is wrong with the rest. */
  public void describeOptions(
      Map<String, Object> node, Bytes octets, OptionSpace space, OptionDepth depth) {
    List<Object> described = new ArrayList<>();
    node.put(Node.OPTIONS, described);
    ByteReader in = new ByteReader(octets);
    try {
      if (depth.options() == OptionDepth.MAX_OPTIONS) {
        throw in.malformed(MalformedReason.NESTING_DEPTH);
      }
      Optional<Option> option = space.framing().next(in);
      while (option.isPresent()) {
        if (described.size() == Options.MAX_COUNT) {
          throw in.malformed(MalformedReason.TOO_MANY_OPTIONS);
        }
        described.add(describeOption(space, option.get(), depth));
        option = space.framing().next(in);
      }
    } catch (MalformedPacketException e) {
      node.put(Node.MALFORMED, e.getMessage());
    }
  }

  /** An option with everything in it. */
  public Map<String, Object> describeOption(OptionSpace space, Option option, OptionDepth depth) {
    int code = option.code();
    Bytes value = option.value();
    Map<String, Object> node = new LinkedHashMap<>();
    Optional<OptionDefinition> definition = catalogue.byCode(space, code);
    node.put("code", code);
    node.put("name", definition.map(OptionDefinition::name).orElse("option-" + code));
    node.put("length", value.length());
    try {
      if (family.describe(node, space, code, value, depth)) {
        return node;
      }
      if (definition.isPresent()) {
        describeValue(node, definition.get(), value, depth);
      } else {
        node.put(Node.HEX, value.toHex());
      }
    } catch (MalformedPacketException e) {
      node.put(Node.HEX, value.toHex());
      node.put(Node.MALFORMED, e.getMessage());
    }
    return node;
  }

  private void describeValue(
      Map<String, Object> node, OptionDefinition definition, Bytes value, OptionDepth depth) {
    ByteReader in = new ByteReader(value);
    List<Object> values = definition.format().decodeFields(in);
    if (definition.encapsulates().isEmpty()) {
      in.expectEnd();
    }
    if (definition.format().equals(OCTETS) && isPrintableAscii(value)) {
      node.put(Node.TEXT, value.toUtf8());
    }
    if (!values.isEmpty()) {
      node.put(Node.FIELDS, family.name(definition, values));
    }
    if (definition.encapsulates().isPresent()) {
      OptionSpace inside = family.inside(definition.encapsulates().get(), values);
      describeOptions(node, in.rest(), inside, depth.deeper());
    }
  }

  /** The vendor's space if the catalogue knows it, else the one for all others. */
  public OptionSpace known(OptionSpace ofVendor, OptionSpace other) {
    return catalogue.has(ofVendor) ? ofVendor : other;
  }

  private static boolean isPrintableAscii(Bytes octets) {
    for (int i = 0; i < octets.length(); i++) {
      if (octets.at(i) < ' ' || octets.at(i) > '~') {
        return false;
      }
    }
    return true;
  }
}
