// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pool;

import io.leasehold.hop.Application;
import io.leasehold.net.Bytes;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolRegistration;
import io.leasehold.pool.PoolView;
import io.leasehold.rserpool.space.ElementSum;
import io.leasehold.rserpool.wire.Decoded;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.asap.EndpointKeepAlive;
import io.leasehold.rserpool.wire.asap.EndpointUnreachable;
import io.leasehold.rserpool.wire.enrp.EnrpMessage;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.testkit.sim.SimWorld;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What must always hold among registrars, elements and users, and what when trouble is over. */
final class PoolRules implements PoolNet.Watcher {
  private static final long LEAST_BETWEEN_KEEP_ALIVES = 1000;
  private static final long LEAST_BETWEEN_REPORTS = 10_000;

  private record Asked(
      Machine.Life registrar, Machine element, Machine.Life life, PoolHandle pool) {}

  private record Told(Machine.Life user, ElementKey element) {}

  private final SimWorld world;
  private final PoolScene scene;
  private final Map<Asked, Long> asked = new HashMap<>();
  private final Map<Told, Long> told = new HashMap<>();
  private long updates;
  private long downloads;

  PoolRules(SimWorld world, PoolScene scene) {
    this.world = world;
    this.scene = scene;
  }

  /** Changes that registrars have told each other of, each to each. */
  long updates() {
    return updates;
  }

  /** Accounts that registrars have asked each other for. */
  long downloads() {
    return downloads;
  }

  @Override
  public void sent(Machine from, Machine to, Application application, Bytes message) {
    if (application == Application.ENRP) {
      updates += message.at(0) == EnrpMessage.HANDLE_UPDATE ? 1 : 0;
      downloads += message.at(0) == EnrpMessage.HANDLE_TABLE_REQUEST ? 1 : 0;
      return;
    }
    boolean isLimited =
        message.at(0) == AsapMessage.ENDPOINT_KEEP_ALIVE
            || message.at(0) == AsapMessage.ENDPOINT_UNREACHABLE;
    if (isLimited && scene.machines().contains(from)) {
      limited(from, to, message);
    }
  }

  private void limited(Machine from, Machine to, Bytes octets) {
    AsapMessage message = ((Decoded.Accepted<AsapMessage>) AsapMessage.decode(octets)).message();
    long now = world.millis();
    if (message instanceof EndpointKeepAlive keepAlive) {
      Long last = asked.put(new Asked(from.life(), to, to.life(), keepAlive.handle()), now);
      if (last != null && now - last < LEAST_BETWEEN_KEEP_ALIVES) {
        world.fail(from + " asks " + to + " again after " + (now - last) + " ms");
      }
    } else if (message instanceof EndpointUnreachable report) {
      Long last = told.put(new Told(from.life(), report.key()), now);
      if (last != null && now - last < LEAST_BETWEEN_REPORTS) {
        world.fail(from + " reports " + report.key() + " again after " + (now - last) + " ms");
      }
    }
  }

  /** A registrar has done something: it knows nothing that nobody may have told it. */
  void check(SimRegistrar registrar) {
    for (Map.Entry<ElementKey, PoolElement> each : registrar.content().entrySet()) {
      PoolElement element = each.getValue();
      boolean isSomebody =
          scene.elements.stream()
              .anyMatch(
                  server ->
                      server.hadEver(each.getKey())
                          && element
                              .userTransport()
                              .addresses()
                              .equals(List.of(server.machine().address())));
      if (!isSomebody) {
        world.fail(registrar + " knows " + each.getKey() + " " + element + ", which nobody is");
      }
    }
  }

  /** Why not all agree; empty if they do. */
  Optional<String> disagreement() {
    for (SimRegistrar each : scene.registrars) {
      if (each.condition().isPresent()) {
        return each.condition().map(why -> each + " " + why);
      }
      if (each.peers().size() != scene.registrars.size() - 1) {
        return Optional.of(each + " knows " + each.peers());
      }
    }
    Map<ElementKey, PoolElement> first = scene.registrars.get(0).content();
    for (SimRegistrar each : scene.registrars) {
      if (!each.content().equals(first)) {
        return Optional.of(
            scene.registrars.get(0) + " " + first + ", " + each + " " + each.content());
      }
    }
    return owners(first).or(this::checksums).or(() -> membership(first)).or(() -> views(first));
  }

  private Optional<String> owners(Map<ElementKey, PoolElement> content) {
    Set<Long> there =
        scene.registrars.stream().map(SimRegistrar::serverId).collect(Collectors.toSet());
    return content.entrySet().stream()
        .filter(each -> !there.contains(each.getValue().home()))
        .map(each -> each + " has an owner that is gone")
        .findFirst();
  }

  /** RFC 5353 section 3.6.2, computed anew. */
  private Optional<String> checksums() {
    for (SimRegistrar knower : scene.registrars) {
      for (SimRegistrar owner : scene.registrars) {
        ElementSum sum = new ElementSum();
        owner
            .content()
            .forEach(
                (key, element) -> {
                  if (element.home() == owner.serverId()) {
                    sum.add(key);
                  }
                });
        if (knower.space().checksum(owner.serverId()) != sum.checksum()) {
          return Optional.of(knower + " has another checksum of " + owner);
        }
      }
    }
    return Optional.empty();
  }

  /** Each server that is ready is in its pools, once, at the registrar that it is with. */
  private Optional<String> membership(Map<ElementKey, PoolElement> content) {
    Map<ElementKey, SimElement> expected = new TreeMap<>();
    for (SimElement server : scene.elements) {
      for (PoolHandle pool : server.pools()) {
        ElementKey key = new ElementKey(pool, server.identifier(pool));
        PoolElement known = content.get(key);
        if (server.isReady()) {
          expected.put(key, server);
          if (known == null || !server.isAs(pool, known)) {
            return Optional.of(server + " is known as " + known);
          }
        }
      }
      Optional<String> unregistered = unregistered(server);
      if (unregistered.isPresent()) {
        return unregistered;
      }
    }
    Set<ElementKey> surplus = new TreeSet<>(content.keySet());
    surplus.removeAll(expected.keySet());
    return surplus.isEmpty() ? Optional.empty() : Optional.of("known, but nobody: " + surplus);
  }

  private static Optional<String> unregistered(SimElement server) {
    if (!server.isOn()) {
      return Optional.of(server + " is off");
    }
    PoolRegistration.State expected =
        server.isReady() ? PoolRegistration.State.REGISTERED : PoolRegistration.State.NOT_READY;
    return server.registrations().stream()
        .filter(each -> each.state() != expected)
        .map(each -> server + " is " + each.state() + " in " + each.handle() + ": " + each.why())
        .findFirst();
  }

  private Optional<String> views(Map<ElementKey, PoolElement> content) {
    List<List<List<PoolMember>>> choices = List.of();
    for (SimUser user : scene.users) {
      if (!user.machine().isOn()) {
        return Optional.of(user + " is off");
      }
      for (PoolHandle pool : scene.pools) {
        PoolView view = user.view(new io.leasehold.pool.PoolHandle(pool.octets()));
        List<Long> members = view.members().stream().map(PoolMember::id).toList();
        List<Long> known =
            content.keySet().stream()
                .filter(each -> each.handle().equals(pool))
                .map(ElementKey::identifier)
                .toList();
        if (view.state() != PoolView.State.CURRENT || !members.equals(known)) {
          return Optional.of(user + " knows " + view + " and not " + known);
        }
      }
      List<List<List<PoolMember>>> own =
          scene.pools.stream().map(pool -> withoutHomes(user, pool)).toList();
      if (!choices.isEmpty() && !choices.equals(own)) {
        return Optional.of(user + " chooses in another way than the others");
      }
      choices = own;
    }
    return Optional.empty();
  }

  /** A change of home is told to nobody. */
  private static List<List<PoolMember>> withoutHomes(SimUser user, PoolHandle pool) {
    return user.choices(new io.leasehold.pool.PoolHandle(pool.octets())).stream()
        .map(client -> client.stream().map(PoolRules::withoutHome).toList())
        .toList();
  }

  private static PoolMember withoutHome(PoolMember member) {
    return new PoolMember(
        member.id(),
        member.group(),
        member.weight(),
        member.rank(),
        member.address(),
        member.port(),
        member.transport(),
        0);
  }
}
