// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.failover.effect.Moment;
import io.leasehold.testkit.Await;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole servers with their threads, as components make them, and connections between them. */
final class RelationshipsTest {
  private static final String NORMAL = "NORMAL";
  private static final String INTERRUPTED = "COMMUNICATIONS-INTERRUPTED";

  private final Wires wires = new Wires();
  private final Host hub = new Host("hub", "2001:db8:f::1", wires);
  private final Host east = new Host("east", "2001:db8:f::2", wires);
  private final Host west = new Host("west", "2001:db8:f::3", wires);

  @AfterEach
  void close() {
    hub.close();
    east.close();
    west.close();
  }

  private static void eventually(BooleanSupplier condition) {
    Await.until(Host.PATIENCE, condition);
  }

  private static boolean areBoth(String relationship, String state, Host one, Host other) {
    return one.isIn(relationship, state) && other.isIn(relationship, state);
  }

  /** A primary and a secondary of one relationship that have seen each other. */
  private void pair(String... lines) {
    east.relate("pair", "secondary", hub, lines);
    hub.relate("pair", "primary", east, lines);
    eventually(() -> areBoth("pair", NORMAL, hub, east));
  }

  /** RFC 7031 section 7: partners of one server do not touch each other. */
  @Test
  void aServerHasRelationshipsWithSeveralPartners() {
    hub.relate("eastern", "primary", east);
    hub.relate("western", "secondary", west);
    east.relate("eastern", "secondary", hub);
    west.relate("western", "primary", hub);
    eventually(
        () -> areBoth("eastern", NORMAL, hub, east) && areBoth("western", NORMAL, hub, west));

    hub.give("eastern", 1);
    west.give("western", 1);
    eventually(() -> east.knows("eastern", 1) && hub.knows("western", 1));
    assertThat(west.leases.of("eastern")).isEmpty();

    wires.cut(east.address);
    eventually(() -> areBoth("eastern", INTERRUPTED, hub, east));
    west.give("western", 3);
    eventually(() -> hub.knows("western", 3));
    assertThat(areBoth("western", NORMAL, hub, west)).isTrue();

    hub.give("eastern", 3);
    wires.mend(east.address);
    eventually(() -> areBoth("eastern", NORMAL, hub, east) && east.knows("eastern", 3));
  }

  @Test
  void aServerIsTheSecondaryOfSeveralPrimaries() {
    hub.relate("eastern", "secondary", east);
    hub.relate("western", "secondary", west);
    east.relate("eastern", "primary", hub);
    west.relate("western", "primary", hub);
    eventually(
        () -> areBoth("eastern", NORMAL, hub, east) && areBoth("western", NORMAL, hub, west));

    hub.end("western");
    eventually(() -> west.isIn("western", INTERRUPTED));
    assertThat(areBoth("eastern", NORMAL, hub, east)).isTrue();
    assertThat(hub.has("western")).isFalse();
  }

  @Test
  void aNameIsOfOneRelationship() {
    pair();
    assertThatThrownBy(() -> hub.relate("pair", "secondary", west))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another relationship of this server has the name");
    hub.give("pair", 1);
    eventually(() -> east.knows("pair", 1));
  }

  @Test
  void nothingBeginsBeforeNotesCanBeRead() {
    hub.store.isOpen = false;
    hub.relate("pair", "primary", east);
    east.relate("pair", "secondary", hub);
    eventually(() -> east.has("pair"));
    assertThat(hub.has("pair")).isFalse();

    hub.store.isOpen = true;
    eventually(() -> areBoth("pair", NORMAL, hub, east));
  }

  @Test
  void aPrimaryThatComesTooEarlyComesAgain() {
    hub.store.isOpen = false;
    hub.relate("pair", "secondary", east);
    east.relate("pair", "primary", hub);
    eventually(() -> east.has("pair") && east.status("pair").counters().get("connects-tried") > 1);
    hub.store.isOpen = true;
    eventually(() -> areBoth("pair", NORMAL, hub, east));
  }

  /** It may stop between two questions. */
  @Test
  void aStoreThatStopsWhileNotesAreReadIsAskedAgain() {
    hub.store.failures.set(2);
    pair();
    assertThat(hub.store.failures.get()).isZero();
  }

  @Test
  void theEndOfARelationshipIsToldAndRemembered() {
    pair();
    hub.end("pair");
    assertThat(hub.has("pair")).isFalse();
    eventually(() -> east.isIn("pair", INTERRUPTED));
    assertThat(east.status("pair").events())
        .as("the partner said so itself")
        .anyMatch(event -> event.what().contains("ServerShuttingDown"));

    hub.relate("pair", "primary", east);
    eventually(() -> areBoth("pair", NORMAL, hub, east));
    assertThat(hub.status("pair").events())
        .as("what was stored was read")
        .noneMatch(event -> event.what().contains("RECOVER"));
  }

  @Test
  void operatorsAreAnswered() {
    pair();
    east.end("pair");
    eventually(() -> hub.isIn("pair", INTERRUPTED));
    assertThat(hub.control("pair").partnerDown(false))
        .succeedsWithin(Host.PATIENCE)
        .asString()
        .contains("PARTNER-DOWN");
    eventually(() -> hub.isIn("pair", "PARTNER-DOWN"));
    assertThat(hub.control("pair").partnerDown(false))
        .failsWithin(Host.PATIENCE)
        .withThrowableThat()
        .havingRootCause()
        .isInstanceOf(IllegalStateException.class);
  }

  /** What is not heard of is looked for. */
  @Test
  void changesThatAreTooManyAtATimeAreFound() throws InterruptedException {
    pair();
    CountDownLatch held = new CountDownLatch(1);
    Held thread = new Held(held);
    hub.hub.loop().add(thread);
    assertThat(thread.holds.await(20, TimeUnit.SECONDS)).isTrue();
    for (int n = 1; n <= 5000; n++) {
      hub.give("pair", n);
    }
    hub.hub.loop().remove(thread);
    held.countDown();
    eventually(() -> east.leases.of("pair").size() == 5000);
  }

  /** Holds the thread of failover. */
  private static final class Held implements FailoverLoop.Turns {
    private final CountDownLatch holds = new CountDownLatch(1);
    private final CountDownLatch until;

    Held(CountDownLatch until) {
      this.until = until;
    }

    @Override
    public int turn(int most) {
      holds.countDown();
      try {
        return until.await(20, TimeUnit.SECONDS) ? 0 : 1;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public long deadline() {
      return Moment.NEVER;
    }

    @Override
    public void failed(RuntimeException why) {
      throw why;
    }
  }

  @Test
  void aFaultOfOneRelationshipEndsItsConnectionOnly() {
    hub.relate("eastern", "secondary", east);
    hub.relate("western", "secondary", west);
    east.relate("eastern", "primary", hub);
    west.relate("western", "primary", hub);
    eventually(
        () -> areBoth("eastern", NORMAL, hub, east) && areBoth("western", NORMAL, hub, west));
    long before = west.status("western").counters().get("connects-tried");

    hub.leases.faults.set(1);
    east.give("eastern", 1);

    eventually(() -> hub.knows("eastern", 1) && areBoth("eastern", NORMAL, hub, east));
    assertThat(hub.leases.faults.get()).isZero();
    assertThat(west.status("western").counters()).containsEntry("connects-tried", before);
    assertThat(areBoth("western", NORMAL, hub, west)).isTrue();
  }
}
