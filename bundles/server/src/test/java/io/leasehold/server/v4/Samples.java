// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import io.leasehold.codec.option.OptionSpace;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.server.plan.BootFields;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.PlanOption;
import io.leasehold.server.plan.Reservation;
import java.util.List;
import java.util.Optional;

/** Options and reservations of a plan for tests. */
final class Samples {
  private Samples() {}

  static PlanOption onRequest(int code, String hex) {
    return new PlanOption(OptionSpace.DHCP4, code, Bytes.ofHex(hex), false, false);
  }

  static PlanOption always(int code, String hex) {
    return new PlanOption(OptionSpace.DHCP4, code, Bytes.ofHex(hex), true, false);
  }

  static PlanOption vendor(long enterprise, int code, String hex) {
    return new PlanOption(OptionSpace.vendor4(enterprise), code, Bytes.ofHex(hex), false, false);
  }

  /** A reservation for Alice with a name. */
  static Reservation named(String name, BootFields boot, PlanOption... options) {
    return new Reservation(
        new HostIdentifier(HostIdentifier.Type.HW_ADDRESS, Query.hardware(Query.ALICE).address()),
        List.of(Ipv6.ofText("192.0.2.50")),
        List.of(),
        Optional.of(name),
        boot,
        new OptionSet(List.of(options)));
  }
}
