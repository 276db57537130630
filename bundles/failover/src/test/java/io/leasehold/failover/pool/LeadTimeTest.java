// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

import static io.leasehold.failover.pool.PoolSamples.ALICE;
import static io.leasehold.failover.pool.PoolSamples.BOB;
import static io.leasehold.failover.pool.PoolSamples.ODD;
import static io.leasehold.failover.pool.PoolSamples.acked;
import static io.leasehold.failover.pool.PoolSamples.lease;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.GovernorView;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LeadTimeTest {
  private static final long HOUR = 3600;
  private static final long DAY = 24 * HOUR;
  private static final long BEGIN = 1_800_000_000L;

  /** A client of one server, whose partner acknowledges all, or nothing. */
  private static final class Client {
    private final long mclt;
    private final long desired;
    private ServerState state = ServerState.NORMAL;
    private Optional<Lease> lease = Optional.empty();

    Client(long mclt, long desired) {
      this.mclt = mclt;
      this.desired = desired;
    }

    /** How long it gets it, with the renewal at half of that. */
    long renew(long now) {
      GovernorView view =
          RelationshipView.of(new RelationshipFacts(Role.PRIMARY, state, 0, mclt, mclt, 0, true));
      long seconds = view.promisedSeconds(lease, desired, now);
      Lease after =
          new Lease(
              ODD,
              1,
              ALICE,
              7,
              LeaseState.ACTIVE,
              new LeaseTimes(BEGIN, now, now + seconds, now + seconds),
              lease.map(Lease::details).orElse(LeaseDetails.NONE));
      GovernorView.Terms terms = new GovernorView.Terms(seconds / 2, desired);
      lease = Optional.of(view.marked(lease, after, Optional.of(terms), now));
      return seconds;
    }

    long sent() {
      return LeaseMarks.of(lease).partnerLifetime();
    }

    void acknowledge() {
      long told = sent();
      lease = lease.map(it -> acked(it, told));
    }
  }

  @Test
  void leaseGrowsAsTheRfcShows() {
    Client client = new Client(HOUR, 3 * DAY);
    assertThat(client.renew(BEGIN)).isEqualTo(HOUR);
    assertThat(client.sent()).isEqualTo(BEGIN + HOUR / 2 + 3 * DAY);
    client.acknowledge();
    long now = BEGIN + HOUR / 2;
    assertThat(client.renew(now)).isEqualTo(3 * DAY);
    assertThat(client.sent()).isEqualTo(now + 3 * DAY / 2 + 3 * DAY);
    client.acknowledge();
    assertThat(client.renew(now + 3 * DAY / 2)).isEqualTo(3 * DAY);
  }

  @Test
  void partnerIsToldTheLifetimeThatTheNextRenewalWants() {
    Client client = new Client(60, 600);
    assertThat(client.renew(BEGIN)).isEqualTo(60);
    assertThat(client.sent()).isEqualTo(BEGIN + 630);
    client.acknowledge();
    assertThat(client.renew(BEGIN + 30)).isEqualTo(600);
    assertThat(client.sent()).isEqualTo(BEGIN + 930);
    client.acknowledge();
    assertThat(client.renew(BEGIN + 330)).isEqualTo(600);
    assertThat(client.sent()).isEqualTo(BEGIN + 1230);
  }

  @Test
  void withoutAcknowledgementsLeasesShrinkToTheMclt() {
    Client client = new Client(60, 600);
    client.renew(BEGIN);
    client.acknowledge();
    client.renew(BEGIN + 30);
    client.acknowledge();
    client.renew(BEGIN + 330);
    client.acknowledge();
    client.state = ServerState.COMMUNICATIONS_INTERRUPTED;
    assertThat(
            List.of(630L, 930L, 1110L, 1200L, 1245L, 1275L, 5000L).stream()
                .map(at -> client.renew(BEGIN + at)))
        .containsExactly(600L, 360L, 180L, 90L, 60L, 60L, 60L);
  }

  @Test
  void whoTakesOverHasNoAcknowledgementAndGivesTheMclt() {
    Lease heard = lease(ODD, LeaseState.ACTIVE, BEGIN, BEGIN + 930);
    Lease merged = new LeaseMarks(false, false, false, 0, 0, BEGIN + 1230, BEGIN).on(heard);
    for (ServerState state :
        List.of(
            ServerState.COMMUNICATIONS_INTERRUPTED,
            ServerState.RESOLUTION_INTERRUPTED,
            ServerState.CONFLICT_DONE,
            ServerState.RECOVER_DONE)) {
      RelationshipView view = PoolSamples.view(Role.SECONDARY, state);
      assertThat(view.promisedSeconds(Optional.of(merged), 600, BEGIN + 400)).isEqualTo(60);
    }
  }

  @Test
  void inPartnerDownTheMcltIsNoLimit() {
    RelationshipView view = RelationshipView.of(PoolSamples.partnerDown(Role.SECONDARY, BEGIN));
    assertThat(view.promisedSeconds(Optional.empty(), 600, BEGIN + 1)).isEqualTo(600);
    assertThat(view.promisedSeconds(Optional.empty(), 0xffff_ffffL, BEGIN + 1))
        .as("what has no absolute time cannot be told")
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void acknowledgementOfAnEarlierClientIsNothing() {
    RelationshipView view = PoolSamples.view(Role.PRIMARY, ServerState.NORMAL);
    Lease free = acked(lease(ODD, LeaseState.FREE, BEGIN, BEGIN + 600), BEGIN + 9000);
    assertThat(view.promisedSeconds(Optional.of(free), 600, BEGIN + 10)).isEqualTo(60);
    Lease next = lease(ODD, LeaseState.ACTIVE, BEGIN + 10, BEGIN + 70);
    Lease ofBob = new Lease(ODD, 1, BOB, 1, LeaseState.ACTIVE, next.times(), LeaseDetails.NONE);
    GovernorView.Terms terms = new GovernorView.Terms(30, 600);
    LeaseMarks marks =
        LeaseMarks.of(view.marked(Optional.of(free), ofBob, Optional.of(terms), BEGIN + 10));
    assertThat(marks.acked()).isZero();
    assertThat(marks.isDue()).isTrue();
  }

  @Property
  void clientNeverHasMoreThanTheMcltBeyondWhatIsAcknowledged(
      @ForAll ServerState state,
      @ForAll Role role,
      @ForAll @LongRange(min = 0, max = 0xffff_ffffL) long desired,
      @ForAll @LongRange(min = BEGIN - 100_000, max = BEGIN + 10_000_000) long acked,
      @ForAll @LongRange(min = 30, max = 100_000) long mclt,
      @ForAll LeaseState recorded) {
    if (state == ServerState.PARTNER_DOWN) {
      return;
    }
    RelationshipView view =
        RelationshipView.of(new RelationshipFacts(role, state, 0, mclt, mclt, 0, true));
    Optional<Lease> present =
        Optional.of(acked(lease(ODD, recorded, BEGIN - 10, BEGIN + 10), acked));
    long seconds = view.promisedSeconds(present, desired, BEGIN);
    assertThat(BEGIN + seconds).isLessThanOrEqualTo(Math.max(acked, BEGIN) + mclt);
    assertThat(seconds).isLessThanOrEqualTo(desired);
  }
}
