// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.description.Node;
import io.leasehold.codec.description.OptionDepth;
import io.leasehold.codec.description.OptionDescription;
import io.leasehold.codec.description.OptionFamily;
import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.net.Bytes;
import io.leasehold.net.DomainName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What only DHCPv4 has: vendors that each have a length of their own, and names in two forms. */
final class Dhcp4Family implements OptionFamily {
  private static final String ENTERPRISE = "enterprise";

  private final OptionDescription options;

  Dhcp4Family(OptionCatalogue catalogue) {
    this.options = new OptionDescription(catalogue, this);
  }

  @Override
  public boolean describe(
      Map<String, Object> node, OptionSpace space, int code, Bytes value, OptionDepth depth) {
    if (!space.equals(OptionSpace.DHCP4)) {
      return false;
    }
    switch (code) {
      case Dhcp4OptionCode.VIVSO -> describeVendors(node, value, depth);
      case Dhcp4OptionCode.VIVCO -> node.put(Node.FIELDS, classes(value));
      case Dhcp4OptionCode.CLIENT_FQDN -> node.put(Node.FIELDS, name(value));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void describeVendors(Map<String, Object> node, Bytes value, OptionDepth depth) {
    List<Object> vendors = new ArrayList<>();
    for (VendorBlock block : Values.elements(value, VendorBlock::read)) {
      Map<String, Object> vendor = new LinkedHashMap<>();
      vendor.put("code", block.enterpriseNumber());
      vendor.put("name", ENTERPRISE);
      vendor.put("length", block.octets().length());
      options.describeOptions(
          vendor, block.octets(), OptionSpace.vendor4(block.enterpriseNumber()), depth.deeper());
      vendors.add(vendor);
    }
    node.put(Node.OPTIONS, vendors);
  }

  private record VendorBlock(long enterpriseNumber, Bytes octets) {
    static VendorBlock read(ByteReader in) {
      return new VendorBlock(in.u32(), in.bytes(in.u8()));
    }
  }

  private static List<String> classes(Bytes value) {
    List<String> words = new ArrayList<>();
    for (VendorIdentifyingClass each : Dhcp4Options.VIVCO.decode(value)) {
      each.data().forEach(word -> words.add(each.enterpriseNumber() + " " + word.toUtf8()));
    }
    return words;
  }

  private static Map<String, Object> name(Bytes value) {
    Dhcp4ClientFqdn fqdn = Dhcp4ClientFqdn.decode(value);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("flags", fqdn.flags());
    fields.put("rcode1", fqdn.rcode1());
    fields.put("rcode2", fqdn.rcode2());
    fields.put("name", fqdn.name().map(DomainName::toString).orElse(""));
    return fields;
  }

  @Override
  public Object name(OptionDefinition definition, List<Object> values) {
    return Dhcp4FieldNames.name(definition, values);
  }

  @Override
  public OptionSpace inside(OptionSpace defined, List<Object> values) {
    return defined;
  }
}
