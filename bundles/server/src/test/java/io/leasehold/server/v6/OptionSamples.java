// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.codec.option.OptionSpace;
import io.leasehold.net.Bytes;
import io.leasehold.server.plan.PlanOption;

/** Options of a plan for tests. */
public final class OptionSamples {
  private OptionSamples() {}

  public static PlanOption onRequest(int code, String hex) {
    return new PlanOption(OptionSpace.DHCP6, code, Bytes.ofHex(hex), false, false);
  }

  public static PlanOption always(int code, String hex) {
    return new PlanOption(OptionSpace.DHCP6, code, Bytes.ofHex(hex), true, false);
  }

  public static PlanOption never(int code) {
    return new PlanOption(OptionSpace.DHCP6, code, Bytes.EMPTY, false, true);
  }

  public static PlanOption vendor(long enterprise, int code, String hex, boolean always) {
    OptionSpace space = new OptionSpace("vendor-" + enterprise);
    return new PlanOption(space, code, Bytes.ofHex(hex), always, false);
  }
}
