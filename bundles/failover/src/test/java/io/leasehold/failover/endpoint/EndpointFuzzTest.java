// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.GovernedLeases.Pool;
import io.leasehold.allocation.GovernorView;
import io.leasehold.allocation.GovernorView.Service;
import io.leasehold.codec.failover.ConnectFlags;
import io.leasehold.codec.failover.ConnectTerms;
import io.leasehold.codec.failover.ProtocolVersion;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever a partner says at whatever time, operators order and power does: nothing is thrown, and
 * clients are promised nothing that RFC 8156 does not allow by the messages that have passed.
 */
final class EndpointFuzzTest {
  private static final int STEPS = 150;
  private static final int ADDRESSES = 12;
  private static final int PREFIXES = 8;
  private static final int CLIENTS = 8;
  private static final long DESIRED = 100_000;

  private SplittableRandom random;
  private Peer peer;
  private RandomPartner partner;
  private Reliance reliance;

  static Ipv6 address(SplittableRandom random) {
    return new Ipv6(0x2001_0db8_0000_0000L, random.nextInt(1, ADDRESSES));
  }

  static Prefix prefix(SplittableRandom random) {
    return Prefix.ofText("2001:db8:100:%x00::/56".formatted(random.nextInt(PREFIXES)));
  }

  @Property(tries = 150)
  void nothingIsThrownAndNothingPromisedThatMayNotBe(@ForAll long seed) {
    random = new SplittableRandom(seed);
    reliance = new Reliance();
    begin();
    for (int step = 0; step < STEPS; step++) {
      happen();
      assertThat(peer.node.endpoint.unanswered()).isZero();
      assertSilentWhereThatIsSaid();
    }
  }

  private void begin() {
    Role role = random.nextBoolean() ? Role.PRIMARY : Role.SECONDARY;
    peer = new Peer(role, "auto.partner.down.seconds = " + (random.nextBoolean() ? 0 : 900));
    partner = new RandomPartner(peer, random, reliance);
    peer.node.pools =
        List.of(
            new Pool(LeaseKey.address(new Ipv6(0x2001_0db8_0000_0000L, 1)), ADDRESSES),
            new Pool(LeaseKey.prefix(Prefix.ofText("2001:db8:100::/56")), PREFIXES));
    if (random.nextBoolean()) {
      ServerState[] states = ServerState.values();
      ServerState past = states[random.nextInt(states.length)];
      peer.node.past(Peer.past(past == ServerState.STARTUP ? ServerState.NORMAL : past));
    }
    peer.node.boot();
  }

  private void happen() {
    switch (random.nextInt(20)) {
      case 0 -> peer.pass(random.nextInt(5000));
      case 1 -> peer.pass(random.nextInt(100));
      case 2 -> order();
      case 3 -> hangUp();
      case 4 -> restart();
      case 5 -> reclaim();
      case 6, 7, 8, 9 -> client();
      default -> speak();
    }
  }

  private void speak() {
    if (peer.isOpen()) {
      partner.speak();
    } else {
      long mclt = random.nextInt(4) == 0 ? 600 : 3600;
      peer.terms =
          new ConnectTerms(
              ProtocolVersion.CURRENT,
              peer.node.settings.role() == Role.PRIMARY ? peer.node.settings.mcltSeconds() : mclt,
              60,
              random.nextInt(1, 20),
              new ConnectFlags(false));
      peer.connect();
      partner.greet();
    }
  }

  private void order() {
    Order[] orders = Order.values();
    Order order = orders[random.nextInt(orders.length)];
    peer.node.order(order);
    if (order == Order.DRAIN) {
      peer.pass(60);
      restart();
    }
  }

  private void hangUp() {
    if (peer.isOpen()) {
      peer.hangUp();
    }
  }

  private void restart() {
    hangUp();
    if (random.nextBoolean()) {
      peer.node.endpoint.stop(peer.now());
      peer.node.drain();
    }
    peer.node.crash();
    peer.clock.pass(random.nextInt(600));
    peer.node.boot();
  }

  /** What lanes do with leases whose time is over. */
  private void reclaim() {
    long now = peer.clock.wall();
    for (Lease lease : List.copyOf(peer.node.leases.values())) {
      boolean waits =
          lease.state() == LeaseState.FREE_BACKUP || lease.state() == LeaseState.PENDING_FREE;
      if (lease.times().expires() <= now && !waits) {
        peer.node.commit(lease.key(), peer.node.view.over(lease, now));
      }
    }
  }

  /** A client wants something. */
  private void client() {
    LeaseKey key =
        random.nextInt(3) == 0
            ? LeaseKey.prefix(prefix(random))
            : LeaseKey.address(address(random));
    ClientIdentity client = ClientIdentity.of(RandomPartner.duid(random.nextInt(CLIENTS)));
    long now = peer.clock.wall();
    Optional<Lease> present = Optional.ofNullable(peer.node.leases.get(key));
    GovernorView view = peer.node.view;
    boolean isTaken =
        present
            .filter(it -> it.state() == LeaseState.ACTIVE || it.state() == LeaseState.ABANDONED)
            .isPresent();
    boolean isOwn =
        present.filter(it -> it.isActive(now) && it.client().equals(client)).isPresent();
    boolean isGiven =
        switch (view.service()) {
          case NONE -> false;
          case RECORDED -> isOwn;
          case OWN, ALL -> isOwn || !isTaken && view.mayGive(key, present, client, now);
        };
    if (isGiven) {
      give(key, client, isOwn, now);
    }
  }

  private void give(LeaseKey key, ClientIdentity client, boolean isOwn, long now) {
    Optional<Lease> present = Optional.ofNullable(peer.node.leases.get(key));
    long seconds = peer.node.view.promisedSeconds(present, DESIRED, now);
    String what = "%s for %s in %s".formatted(key, client, peer.node.state());
    long mclt = peer.node.stored().mcltSeconds();
    boolean isAlone = peer.node.state() == ServerState.PARTNER_DOWN;
    if (!isAlone) {
      long acked = reliance.acknowledged(key, client).orElse(now);
      assertThat(seconds)
          .as("promise of " + what)
          .isLessThanOrEqualTo(Math.max(acked - now, 0) + mclt);
      assertThat(reliance.isHeldByAnother(key, client, now)).as("held: " + what).isFalse();
    }
    if (!isOwn) {
      assertIsOurs(key, present, client, isAlone, what);
    }
    Lease lease =
        new Lease(
            key,
            1,
            client,
            1,
            LeaseState.ACTIVE,
            new LeaseTimes(now, now, now + seconds, now + seconds),
            LeaseDetails.NONE);
    GovernorView.Terms terms = new GovernorView.Terms(seconds / 2, DESIRED);
    peer.node.commit(
        key, Optional.of(peer.node.view.marked(present, lease, Optional.of(terms), now)));
    reliance.given(key);
  }

  /** RFC 8156 sections 4.2 and 7.2. */
  private void assertIsOurs(
      LeaseKey key, Optional<Lease> present, ClientIdentity client, boolean isAlone, String what) {
    boolean isPrimary = peer.node.settings.role() == Role.PRIMARY;
    LeaseState state = present.map(Lease::state).orElse(LeaseState.FREE);
    boolean isReturning = present.filter(it -> it.client().equals(client)).isPresent();
    if (key.kind() == LeaseKind.IA_NA && !isReturning) {
      assertThat(key.address().low() & 1).as("half: " + what).isEqualTo(isPrimary ? 1 : 0);
    }
    if (isAlone) {
      return;
    }
    if (key.kind() == LeaseKind.IA_PD && !isReturning) {
      assertThat(state)
          .as("share: " + what)
          .isEqualTo(isPrimary ? LeaseState.FREE : LeaseState.FREE_BACKUP);
    }
    if (!isReturning) {
      assertThat(state)
          .as("not known to both: " + what)
          .isIn(LeaseState.FREE, LeaseState.FREE_BACKUP);
    }
  }

  private void assertSilentWhereThatIsSaid() {
    if (!peer.isOpen() || peer.reports().isEmpty()) {
      return;
    }
    boolean isSilent =
        peer.lastReport().flags().startup()
            || switch (peer.lastReport().state()) {
              case RECOVER, RECOVER_WAIT, POTENTIAL_CONFLICT, STARTUP -> true;
              case NORMAL, COMMUNICATIONS_INTERRUPTED, PARTNER_DOWN, RECOVER_DONE -> false;
              case RESOLUTION_INTERRUPTED, CONFLICT_DONE -> false;
            };
    if (isSilent) {
      assertThat(peer.node.view.service()).isEqualTo(Service.NONE);
    }
  }
}
