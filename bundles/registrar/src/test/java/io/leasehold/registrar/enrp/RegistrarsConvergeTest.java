// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.rserpool.wire.ElementKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes about in the end (RFC 5353 sections 3.5 and 3.6), whatever has happened. */
final class RegistrarsConvergeTest {
  private static final int HOSTS = 3;
  private static final int ELEMENTS = 12;
  private static final int EVENTS = 60;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("seeds", 150));
  }

  /** Pool elements that know where they are registered, and go elsewhere when they must. */
  private static final class Play {
    private final World world;
    private final List<Host> hosts = new ArrayList<>();
    private final Map<Long, Host> homes = new TreeMap<>();

    Play(long seed) {
      world = new World(seed);
      world.isForgetful = true;
      for (int i = 1; i <= HOSTS; i++) {
        hosts.add(new Host(world, i));
      }
      hosts.forEach(
          each -> {
            each.knows(hosts.stream().filter(other -> other != each).toArray(Host[]::new));
            each.start();
          });
    }

    private Host any() {
      return hosts.get(world.random.nextInt(HOSTS));
    }

    private void event() {
      Host host = any();
      Host other = any();
      switch (world.random.nextInt(9)) {
        case 0, 1, 2, 3 -> register(1 + world.random.nextInt(ELEMENTS), host);
        case 4 -> deregister(1 + world.random.nextInt(ELEMENTS));
        case 5 -> {
          if (host.federation != null) {
            if (world.random.nextBoolean()) {
              host.crash();
            } else {
              host.vanish();
            }
          }
        }
        case 6 -> {
          if (host.federation == null) {
            host.start();
          }
        }
        case 7 -> {
          if (host != other) {
            world.cut(host.address, other.address);
          }
        }
        default -> {
          if (host != other) {
            world.heal(host.address, other.address);
            world.reset(host.address, other.address);
          }
        }
      }
    }

    private void register(long identifier, Host at) {
      if (at.federation != null && at.isReady) {
        Host before = homes.put(identifier, at);
        if (before != null && before != at) {
          before.connected.remove(Host.key(identifier));
        }
        at.register(identifier);
      }
    }

    private void deregister(long identifier) {
      Host home = homes.get(identifier);
      if (home != null && home.federation != null) {
        homes.remove(identifier);
        home.deregister(identifier);
      }
    }

    /** A home that is gone, or does not own a pool element, is left for one that is there. */
    private void refresh() {
      homes.keySet().stream()
          .toList()
          .forEach(
              identifier -> {
                Host home = homes.get(identifier);
                boolean isThere = home.federation != null && home.isReady;
                register(identifier, isThere ? home : hosts.get(0));
              });
    }

    private boolean isConverged() {
      Map<ElementKey, Long> owners = hosts.get(0).owners();
      return hosts.stream()
          .allMatch(
              each -> each.federation != null && each.isReady && each.owners().equals(owners));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("P-148: when faults end all handlespaces become equal, and all has one owner")
  void allBecomesEqual(long seed) {
    Play play = new Play(seed);
    for (int i = 0; i < EVENTS; i++) {
      play.event();
      play.world.run(Duration.ofMillis(play.world.random.nextInt(8_000)));
    }
    for (Host each : play.hosts) {
      play.hosts.forEach(other -> play.world.heal(each.address, other.address));
      if (each.federation == null) {
        each.start();
      }
    }
    converges(play, seed);
    connectedStay(play, seed);
    play.refresh();
    converges(play, seed);
    Map<ElementKey, Long> owners = play.hosts.get(0).owners();
    play.homes.forEach(
        (identifier, home) ->
            assertThat(owners.get(Host.key(identifier)))
                .as("seed " + seed + ", owner of " + identifier)
                .isEqualTo(home.id()));
    List<Long> ids = play.hosts.stream().map(Host::id).filter(Objects::nonNull).toList();
    assertThat(ids).containsAll(owners.values());
  }

  private static void converges(Play play, long seed) {
    boolean isConverged = play.world.runUntil(Duration.ofMinutes(3), play::isConverged);
    assertThat(isConverged)
        .as(() -> "seed " + seed + ": " + play.hosts.stream().map(Host::owners).toList())
        .isTrue();
    play.world.run(Duration.ofMinutes(1));
    assertThat(play.isConverged()).as("seed " + seed + " stays equal").isTrue();
  }

  /** What is connected to its home is nobody else's, and was not lost on the way. */
  private static void connectedStay(Play play, long seed) {
    Map<ElementKey, Long> owners = play.hosts.get(0).owners();
    for (Host host : play.hosts) {
      for (ElementKey key : host.connected) {
        assertThat(owners.get(key)).as("seed " + seed + ", owner of " + key).isEqualTo(host.id());
      }
    }
  }
}
