// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.allocation.AllocationPolicy;
import io.leasehold.testkit.AllocationPolicyContract;

class IterativePolicyContractTest extends AllocationPolicyContract {
  @Override
  protected AllocationPolicy policy() {
    return StandardPolicies.ITERATIVE;
  }
}
