// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.codec.option.OptionSpace;
import io.leasehold.net.Bytes;
import io.leasehold.server.plan.PlanOption;

/** Options of a plan for tests. */
final class OptionSamples {
  private OptionSamples() {}

  static PlanOption onRequest(int code, String hex) {
    return new PlanOption(ReplyOptions.SPACE, code, Bytes.ofHex(hex), false, false);
  }

  static PlanOption always(int code, String hex) {
    return new PlanOption(ReplyOptions.SPACE, code, Bytes.ofHex(hex), true, false);
  }

  static PlanOption never(int code) {
    return new PlanOption(ReplyOptions.SPACE, code, Bytes.EMPTY, false, true);
  }

  static PlanOption vendor(long enterprise, int code, String hex, boolean always) {
    OptionSpace space = new OptionSpace("vendor-" + enterprise);
    return new PlanOption(space, code, Bytes.ofHex(hex), always, false);
  }
}
