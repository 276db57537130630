// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

import static io.leasehold.failover.pool.PoolSamples.ALICE;
import static io.leasehold.failover.pool.PoolSamples.EVEN;
import static io.leasehold.failover.pool.PoolSamples.ODD;
import static io.leasehold.failover.pool.PoolSamples.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.GovernorView.Service;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.lease.Role;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServiceRulesTest {
  @ParameterizedTest
  @EnumSource(names = {"STARTUP", "RECOVER", "RECOVER_WAIT", "POTENTIAL_CONFLICT"})
  void nobodyIsAnsweredWhoseLeasesMayBeUnknown(ServerState state) {
    for (Role role : Role.values()) {
      assertThat(view(role, state).service()).isEqualTo(Service.NONE);
      assertThat(view(role, state).mayGive(ODD, Optional.empty(), ALICE, 1)).isFalse();
      assertThat(view(role, state).mayGive(EVEN, Optional.empty(), ALICE, 1)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"COMMUNICATIONS_INTERRUPTED", "PARTNER_DOWN", "RESOLUTION_INTERRUPTED"})
  void eachAnswersAllWhenItIsAlone(ServerState state) {
    assertThat(view(Role.PRIMARY, state).service()).isEqualTo(Service.ALL);
    assertThat(view(Role.SECONDARY, state).service()).isEqualTo(Service.ALL);
    assertThat(view(Role.PRIMARY, state).mayGive(ODD, Optional.empty(), ALICE, 1)).isTrue();
    assertThat(view(Role.SECONDARY, state).mayGive(EVEN, Optional.empty(), ALICE, 1)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"NORMAL", "CONFLICT_DONE"})
  void togetherThePrimaryAnswersAllAndTheSecondaryItsOwn(ServerState state) {
    assertThat(view(Role.PRIMARY, state).service()).isEqualTo(Service.ALL);
    assertThat(view(Role.SECONDARY, state).service()).isEqualTo(Service.OWN);
  }

  @Test
  void recoverDoneGivesNothingNew() {
    for (Role role : Role.values()) {
      RelationshipView view = view(role, ServerState.RECOVER_DONE);
      assertThat(view.service()).isEqualTo(Service.RECORDED);
      assertThat(view.mayGive(ODD, Optional.empty(), ALICE, 1)).isFalse();
      assertThat(view.mayGive(EVEN, Optional.empty(), ALICE, 1)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsSaidOfUnknownLeasesUnlessAllIsNormal(ServerState state) {
    assertThat(view(Role.PRIMARY, state).isSilentOn(EVEN)).isEqualTo(state != ServerState.NORMAL);
  }
}
