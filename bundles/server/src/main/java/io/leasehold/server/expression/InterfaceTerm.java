// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.net.Bytes;

/** The name of the interface. */
record InterfaceTerm() implements Term {
  @Override
  public Bytes of(PacketFacts facts) {
    return Bytes.ofUtf8(facts.interfaceName());
  }

  /** Without making octets of the name, if it has the characters of ASCII only. */
  @Override
  public boolean is(PacketFacts facts, Bytes octets) {
    String name = facts.interfaceName();
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 128) {
        return of(facts).equals(octets);
      }
      if (i >= octets.length() || octets.at(i) != name.charAt(i)) {
        return false;
      }
    }
    return name.length() == octets.length();
  }
}
