// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.example;

import io.leasehold.allocation.AllocationPolicy;
import io.leasehold.testkit.AllocationPolicyContract;

class TopDownTest extends AllocationPolicyContract {
  @Override
  protected AllocationPolicy policy() {
    return new TopDown();
  }
}
