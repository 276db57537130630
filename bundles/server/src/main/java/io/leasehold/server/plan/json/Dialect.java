// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.codec.option.OptionFraming;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.net.Family;

/** Where the two objects of a plan, {@code Dhcp6} and {@code Dhcp4}, have different words. */
enum Dialect {
  V6(Family.IPV6, "Dhcp6", "subnet6", OptionSpace.DHCP6, "IPv6", "2001:db8::1", "2001:db8::/32"),
  V4(Family.IPV4, "Dhcp4", "subnet4", OptionSpace.DHCP4, "IPv4", "192.0.2.1", "192.0.2.0/24");

  private final Family family;
  private final String object;
  private final String subnets;
  private final OptionSpace space;
  private final String protocol;
  private final String exampleAddress;
  private final String examplePrefix;

  Dialect(
      Family family,
      String object,
      String subnets,
      OptionSpace space,
      String protocol,
      String exampleAddress,
      String examplePrefix) {
    this.family = family;
    this.object = object;
    this.subnets = subnets;
    this.space = space;
    this.protocol = protocol;
    this.exampleAddress = exampleAddress;
    this.examplePrefix = examplePrefix;
  }

  Family family() {
    return family;
  }

  /** The key of the object in a document. */
  String object() {
    return object;
  }

  /** The key of a list of subnets. */
  String subnets() {
    return subnets;
  }

  /** The options of messages. */
  OptionSpace space() {
    return space;
  }

  /** The space that a name means here. */
  OptionSpace space(String name) {
    return new OptionSpace(name, framing());
  }

  /** Another name that Kea has for the space of CableLabs' options. */
  String cableLabs() {
    return this == V6 ? "docsis3-v6" : "docsis3-v4";
  }

  /** How options follow each other. */
  OptionFraming framing() {
    return space.framing();
  }

  /** What clients speak, {@code DHCPv6}. */
  String service() {
    return this == V6 ? "DHCPv6" : "DHCPv4";
  }

  /** The network protocol, {@code IPv6}. */
  String protocol() {
    return protocol;
  }

  String exampleAddress() {
    return exampleAddress;
  }

  String examplePrefix() {
    return examplePrefix;
  }

  /** The other one. */
  Dialect other() {
    return this == V6 ? V4 : V6;
  }
}
