// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.enrp.HandleTableRequest;
import io.leasehold.rserpool.wire.enrp.HandleTableResponse;
import io.leasehold.rserpool.wire.enrp.HandleUpdate;
import io.leasehold.rserpool.wire.enrp.ListRequest;
import io.leasehold.rserpool.wire.enrp.ListResponse;
import io.leasehold.rserpool.wire.enrp.PoolEntry;
import io.leasehold.rserpool.wire.enrp.Presence;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.ServerInformation;
import io.leasehold.security.PeerRole;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How a registrar begins (RFC 5353 section 3.2). */
final class StartTest {
  private static final Duration MOMENT = Duration.ofMillis(200);
  private static final long ID = 0x8000_0000L;

  private final World world = new World(1);
  private final Host one = new Host(world, 1);
  private final Host two = new Host(world, 2);
  private final Host three = new Host(world, 3);

  private Probe mentor() {
    Probe probe = new Probe(world, 9, ID, null);
    probe.caller = World.secure(probe.address, "mentor", PeerRole.ENRP_SERVER);
    return probe;
  }

  @Test
  @DisplayName("P-110: a server identifier is random, not 0, and kept until the next start")
  void serverIdentifierIsRandomAndKept() {
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      assertThat(seen.add(one.start().id())).isTrue();
    }
    assertThat(seen).allMatch(each -> each > 0 && each <= 0xffff_ffffL);
    long id = one.id();
    two.knows(one).start();
    world.run(Duration.ofMinutes(5));
    assertThat(one.id()).isEqualTo(id);
  }

  @Test
  @DisplayName("P-110: of two with the same server identifier one that owns nothing takes another")
  void sameServerIdentifierIsNoticed() {
    one.start();
    world.run(MOMENT);
    one.register(1);
    long id = one.id();
    Probe twin = new Probe(world, 9, id, null);
    twin.caller = World.secure(twin.address, "twin", PeerRole.ENRP_SERVER);
    twin.join(one);
    assertThat(one.id()).isEqualTo(id);
    assertThat(twin.isOver).isTrue();
    assertThat(one.notebook.alarms()).anyMatch(each -> each.contains("same server identifier"));

    one.deregister(1);
    twin.join(one);
    assertThat(one.id()).isNotEqualTo(id);
    assertThat(one.federation.peers(world.now)).isEmpty();
  }

  @Test
  @DisplayName("P-114: told of nobody it is alone, and ready")
  void toldOfNobodyItIsAlone() {
    one.start();
    world.run(MOMENT);
    assertThat(one.isReady).isTrue();
    assertThat(one.federation.isReady()).isTrue();
  }

  @Test
  @DisplayName("P-114: told of others that are not there it waits, and begins alone")
  void toldOfOthersThatAreNotThereItBeginsAlone() {
    one.knows(two, three).start();
    world.run(Duration.ofSeconds(10));
    assertThat(one.isReady).isFalse();
    assertThat(one.federation.condition()).contains("looks for another registrar");
    world.run(Duration.ofSeconds(2));
    assertThat(one.isReady).isTrue();
  }

  @Test
  @DisplayName("P-114: it may be told of itself")
  void itMayBeToldOfItself() {
    one.knows(one).start();
    world.run(MOMENT);
    assertThat(one.isReady).isTrue();
    int before = one.connects;
    world.run(Duration.ofMinutes(2));
    assertThat(one.connects).isEqualTo(before);
  }

  @Test
  @DisplayName("P-114: several that start together do not wait for each other")
  void severalThatStartTogetherDoNotWaitForEachOther() {
    one.knows(two, three).start();
    two.knows(one, three).start();
    three.knows(one, two).start();
    List<Host> all = List.of(one, two, three);
    world.runUntil(Duration.ofSeconds(8), () -> all.stream().anyMatch(each -> each.isReady));
    assertThat(all)
        .filteredOn(each -> each.isReady)
        .containsExactly(all.stream().max(Comparator.comparingLong(Host::id)).orElseThrow());
    assertThat(
            world.runUntil(
                Duration.ofSeconds(8), () -> one.isReady && two.isReady && three.isReady))
        .isTrue();
  }

  @Test
  @DisplayName("P-115: a mentor that does not answer is left for the next one")
  void silentMentorIsLeftForTheNext() {
    Probe silent = mentor();
    one.others = List.of(silent.address, two.address);
    one.start();
    world.run(MOMENT);
    two.start();
    world.run(Duration.ofMillis(2000));
    assertThat(world.sent(one.address, silent.address, ListRequest.class)).hasSize(1);
    assertThat(one.isReady).isFalse();
    world.run(Duration.ofMillis(900));
    assertThat(world.sent(one.address, two.address, ListRequest.class)).hasSize(1);
    assertThat(one.isReady).isTrue();
  }

  @Test
  @DisplayName("P-116: all known servers are in the list, and are connected to")
  void allKnownServersAreInTheList() {
    two.start();
    three.knows(two).start();
    world.run(MOMENT);
    one.knows(two).start();
    world.run(MOMENT);
    assertThat(world.sent(two.address, one.address, ListResponse.class).get(0).servers())
        .extracting(ServerInformation::server)
        .containsExactly(three.id());
    assertThat(world.connections(one.address, three.address)).isEqualTo(1);
    assertThat(one.federation.peers(world.now)).hasSize(2);
  }

  @Test
  @DisplayName("P-117, P-120: who is not ready rejects both requests, with nothing else in it")
  void whoIsNotReadyRejects() {
    one.knows(three).start();
    Probe asker = mentor().join(one);
    asker.say(new ListRequest(ID, 0));
    asker.say(new HandleTableRequest(ID, 0, false));
    ListResponse list = asker.heard(ListResponse.class).get(0);
    HandleTableResponse table = asker.heard(HandleTableResponse.class).get(0);
    assertThat(list.rejected()).isTrue();
    assertThat(list.servers()).isEmpty();
    assertThat(table.rejected()).isTrue();
    assertThat(table.entries()).isEmpty();
  }

  @Test
  @DisplayName("P-118: 1500 pool elements are downloaded, page by page")
  void allIsDownloadedPageByPage() {
    two.start();
    world.run(MOMENT);
    for (int i = 1; i <= 1500; i++) {
      two.register(PoolHandle.of("pool-" + i % 7), i, i);
    }
    one.knows(two).start();
    world.run(Duration.ofSeconds(1));
    assertThat(one.owners()).hasSize(1500).isEqualTo(two.owners());
    assertThat(one.isReady).isTrue();
    List<HandleTableResponse> pages =
        world.sent(two.address, one.address, HandleTableResponse.class);
    assertThat(pages).hasSize(12);
    assertThat(pages).filteredOn(HandleTableResponse::moreToSend).hasSize(11);
    assertThat(world.sent(one.address, two.address, HandleTableRequest.class))
        .hasSize(12)
        .noneMatch(HandleTableRequest::ownOnly);
  }

  @Test
  @DisplayName("P-119: a download is remembered while it lasts, no longer and not too many")
  void downloadIsRememberedWhileItLasts() {
    two.limits = new EnrpLimits(64, 32, 2, 100, 1, 60_000);
    two.start();
    world.run(MOMENT);
    two.register(1);
    two.register(2);
    two.register(3);
    Probe asker = mentor().join(two);
    for (int i = 0; i < 4; i++) {
      asker.say(new HandleTableRequest(ID, 0, false));
    }
    assertThat(asker.heard(HandleTableResponse.class))
        .extracting(each -> each.entries().get(0).elements().get(0).identifier())
        .containsExactly(1L, 2L, 3L, 1L);
    assertThat(asker.heard(HandleTableResponse.class))
        .extracting(HandleTableResponse::moreToSend)
        .containsExactly(true, true, false, true);

    Probe[] more = new Probe[2];
    for (int i = 0; i < 2; i++) {
      more[i] = new Probe(world, 20 + i, 77 + i, null);
      more[i].caller = World.secure(more[i].address, "more-" + i, PeerRole.ENRP_SERVER);
      more[i].join(two);
      more[i].say(new HandleTableRequest(77 + i, 0, false));
    }
    assertThat(more[0].heard(HandleTableResponse.class).get(0).rejected()).isFalse();
    assertThat(more[1].heard(HandleTableResponse.class).get(0).rejected()).isTrue();
  }

  @Test
  @DisplayName("P-121: a download that nobody goes on with is forgotten")
  void abandonedDownloadIsForgotten() {
    two.limits = new EnrpLimits(64, 32, 2, 100, 1, 60_000);
    two.start();
    world.run(MOMENT);
    two.register(1);
    two.register(2);
    Probe asker = mentor().join(two);
    asker.say(new HandleTableRequest(ID, 0, false));
    world.run(Duration.ofSeconds(6));
    assertThat(two.counted(EnrpCount.ENRP_DOWNLOADS_ABANDONED)).isEqualTo(1);
    asker.say(new HandleTableRequest(ID, 0, false));
    assertThat(asker.heard(HandleTableResponse.class))
        .extracting(each -> each.entries().get(0).elements().get(0).identifier())
        .containsExactly(1L, 1L);
  }

  @Test
  @DisplayName("P-121: a mentor that falls silent during the download is left, all begins again")
  void mentorThatFallsSilentIsLeft() {
    Probe first = mentor();
    one.others = List.of(first.address, two.address);
    one.start();
    world.run(Duration.ofMillis(50));
    two.start();
    world.run(MOMENT);
    two.register(5);
    first.say(new ListResponse(ID, 0, false, List.of()));
    PoolElement stale = Host.element(4, ID, 4);
    first.say(
        new HandleTableResponse(
            ID, 0, true, false, List.of(new PoolEntry(Host.POOL, List.of(stale)))));
    assertThat(world.sent(one.address, first.address, HandleTableRequest.class)).hasSize(2);
    assertThat(one.isReady).isFalse();
    world.run(Duration.ofSeconds(4));
    assertThat(one.isReady).isTrue();
    assertThat(one.owners()).containsOnlyKeys(Host.key(5));
  }

  @Test
  @DisplayName("P-121: a download without an end is left")
  void downloadWithoutAnEndIsLeft() {
    Probe endless = mentor();
    one.others = List.of(endless.address, two.address);
    one.start();
    world.run(Duration.ofMillis(50));
    two.start();
    world.run(Duration.ofMillis(2000));
    endless.say(new ListResponse(ID, 0, false, List.of()));
    endless.say(new HandleTableResponse(ID, 0, true, false, List.of()));
    world.run(MOMENT);
    assertThat(one.isReady).isTrue();
  }

  @Test
  @DisplayName("P-122: pages create pools, add members and replace them")
  void pagesCreateAddAndReplace() {
    Probe from = mentor();
    one.others = List.of(from.address);
    one.start();
    world.run(Duration.ofMillis(50));
    from.say(new ListResponse(ID, 0, false, List.of()));
    from.say(page(true, Host.element(1, ID, 10)));
    from.say(page(true, Host.element(2, ID, 20)));
    from.say(page(false, Host.element(1, ID, 30)));
    assertThat(one.isReady).isTrue();
    assertThat(one.space.pool(Host.POOL).orElseThrow().members())
        .extracting(each -> each.element())
        .containsExactly(Host.element(1, ID, 30), Host.element(2, ID, 20));
  }

  @Test
  @DisplayName("P-132: an owner that no list had is watched as well, and taken over")
  void ownerThatNoListHadIsWatched() {
    Probe from = mentor();
    one.others = List.of(from.address);
    one.start();
    world.run(Duration.ofMillis(50));
    from.say(new ListResponse(ID, 0, false, List.of()));
    from.say(page(false, Host.element(1, 4711, 10)));
    from.isAlive = false;
    world.run(Duration.ofSeconds(30));
    assertThat(one.owners()).containsEntry(Host.key(1), one.id());
  }

  private static HandleTableResponse page(boolean isMore, PoolElement element) {
    return new HandleTableResponse(
        ID, 0, isMore, false, List.of(new PoolEntry(Host.POOL, List.of(element))));
  }

  @Test
  @DisplayName("P-118: what is told during the download is newer than its pages")
  void whatIsToldDuringTheDownloadIsNewer() {
    Probe from = mentor();
    one.others = List.of(from.address);
    one.start();
    world.run(Duration.ofMillis(50));
    from.say(new ListResponse(ID, 0, false, List.of()));
    from.say(page(true, Host.element(1, ID, 10)));
    from.say(new HandleUpdate(ID, 0, HandleUpdate.DEL_PE, Host.POOL, Host.element(2, ID, 20)));
    from.say(new HandleUpdate(ID, 0, HandleUpdate.ADD_PE, Host.POOL, Host.element(1, ID, 11)));
    assertThat(one.space.elements()).isEqualTo(1);
    from.say(page(true, Host.element(2, ID, 20)));
    from.say(page(false, Host.element(1, ID, 10)));
    assertThat(one.isReady).isTrue();
    assertThat(one.space.pool(Host.POOL).orElseThrow().members())
        .extracting(each -> each.element())
        .containsExactly(Host.element(1, ID, 11));
  }

  @Test
  @DisplayName("P-118: too much at once during a download begins it again")
  void tooMuchDuringADownloadBeginsItAgain() {
    Probe from = mentor();
    one.limits = new EnrpLimits(64, 32, 2, 3, 128, 60_000);
    one.others = List.of(from.address);
    one.start();
    world.run(Duration.ofMillis(50));
    from.say(new ListResponse(ID, 0, false, List.of()));
    for (int i = 0; i < 4; i++) {
      from.say(new HandleUpdate(ID, 0, HandleUpdate.ADD_PE, Host.POOL, Host.element(i, ID, 1)));
    }
    from.say(page(false, Host.element(9, ID, 10)));
    assertThat(one.isReady).isFalse();
    world.run(Duration.ofSeconds(7));
    assertThat(from.heard(ListRequest.class)).hasSize(2);
  }

  @Test
  @DisplayName("P-111, P-112: presences to all have receiver 0 and the checksum of now")
  void presencesHaveTheChecksumOfNow() {
    one.start();
    Probe peer = mentor().join(one);
    peer.heard.clear();
    world.run(Duration.ofSeconds(5));
    one.register(0xaaaa_0001L);
    world.run(Duration.ofSeconds(5));
    List<Presence> beats =
        peer.heard(Presence.class).stream()
            .filter(each -> !each.replyRequired())
            .collect(Collectors.toList());
    assertThat(beats).hasSize(2).allMatch(each -> each.receiver() == 0);
    assertThat(beats.get(0).checksum()).isEqualTo(0xffff);
    assertThat(beats.get(1).checksum())
        .isEqualTo(one.space.checksum(one.id()))
        .isNotEqualTo(0xffff);
  }
}
