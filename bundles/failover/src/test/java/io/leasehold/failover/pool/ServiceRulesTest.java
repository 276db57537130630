// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

import static io.leasehold.failover.pool.PoolSamples.ALICE;
import static io.leasehold.failover.pool.PoolSamples.EVEN;
import static io.leasehold.failover.pool.PoolSamples.ODD;
import static io.leasehold.failover.pool.PoolSamples.PREFIX;
import static io.leasehold.failover.pool.PoolSamples.due;
import static io.leasehold.failover.pool.PoolSamples.lease;
import static io.leasehold.failover.pool.PoolSamples.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.GovernorView.Service;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
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
    assertThat(view(Role.PRIMARY, state).isSilentOn(ODD, Optional.empty()))
        .isEqualTo(state != ServerState.NORMAL);
  }

  @Test
  void nothingIsSaidOfWhatThePartnerGivesItsUpdateMayBeOnItsWay() {
    for (Role role : Role.values()) {
      RelationshipView view = view(role, ServerState.NORMAL);
      LeaseKey partners = role == Role.PRIMARY ? EVEN : ODD;
      LeaseKey own = role == Role.PRIMARY ? ODD : EVEN;
      assertThat(view.isSilentOn(partners, Optional.empty())).isTrue();
      assertThat(view.isSilentOn(own, Optional.empty())).isFalse();
      assertThat(view.isSilentOn(own, Optional.of(lease(own, LeaseState.EXPIRED, 1, 9)))).isTrue();
      assertThat(view.isSilentOn(own, Optional.of(lease(own, LeaseState.ACTIVE, 1, 9)))).isFalse();
      Lease takenBack = lease(own, LeaseState.RESET, 1, 9);
      assertThat(view.isSilentOn(own, Optional.of(takenBack))).isFalse();
      assertThat(view.isSilentOn(own, Optional.of(rested(takenBack))))
          .as("the partner may have agreed, and given it")
          .isTrue();
      Lease declined = lease(partners, LeaseState.ABANDONED, 1, 9);
      assertThat(view.isSilentOn(partners, Optional.of(declined))).isFalse();
      assertThat(view.isSilentOn(partners, Optional.of(due(declined))))
          .as("the partner may not know, and have given it")
          .isTrue();
      assertThat(view.isSilentOn(PREFIX, Optional.empty())).isEqualTo(role == Role.SECONDARY);
      assertThat(view.isSilentOn(PREFIX, Optional.of(lease(PREFIX, LeaseState.FREE_BACKUP, 1, 9))))
          .isEqualTo(role == Role.PRIMARY);
    }
  }

  private static Lease rested(Lease reset) {
    return new Lease(
        reset.key(),
        reset.subnetId(),
        ClientIdentity.NONE,
        0,
        reset.state(),
        reset.times(),
        reset.details());
  }
}
