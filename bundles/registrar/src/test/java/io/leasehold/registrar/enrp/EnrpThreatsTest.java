// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.registrar.core.Premises;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.enrp.EnrpError;
import io.leasehold.rserpool.wire.enrp.HandleTableRequest;
import io.leasehold.rserpool.wire.enrp.HandleUpdate;
import io.leasehold.rserpool.wire.enrp.InitTakeover;
import io.leasehold.rserpool.wire.enrp.InitTakeoverAck;
import io.leasehold.rserpool.wire.enrp.ListResponse;
import io.leasehold.rserpool.wire.enrp.TakeoverServer;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.rserpool.wire.parameter.ServerInformation;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.PeerAuthorizer;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What others must not be able to do (RFC 5355 section 2). */
final class EnrpThreatsTest {
  private static final Duration MOMENT = Duration.ofMillis(200);
  private static final long ID = 0x1234_5678L;
  private static final long OTHER = 0x2345_6789L;

  private final World world = new World(6);
  private final Host one = new Host(world, 1);
  private final Host two = new Host(world, 2);

  @BeforeEach
  void start() {
    one.start();
    world.run(MOMENT);
  }

  private Probe stranger(int number, String peer, PeerRole... roles) {
    Probe probe = new Probe(world, number, ID, null);
    probe.caller =
        peer == null ? World.plain(probe.address) : World.secure(probe.address, peer, roles);
    return probe;
  }

  private Probe registrar(int number, long id) {
    Probe probe = new Probe(world, number, id, null);
    probe.caller = World.secure(probe.address, "probe-" + number, PeerRole.ENRP_SERVER);
    return probe;
  }

  private static HandleUpdate add(long sender, long identifier, long home) {
    return new HandleUpdate(
        sender, 0, HandleUpdate.ADD_PE, Host.POOL, Host.element(identifier, home, 1));
  }

  private void isRefused(Probe probe) {
    assertThat(probe.isOver).isTrue();
    assertThat(probe.heard).hasSize(1).allMatch(EnrpError.class::isInstance);
    EnrpError error = probe.heard(EnrpError.class).get(0);
    assertThat(error.error().has(ErrorCause.SECURITY_CONSIDERATIONS)).isTrue();
    assertThat(one.space.elements()).isZero();
    assertThat(one.federation.peers(world.now)).isEmpty();
  }

  @Test
  @DisplayName("P-155, P-168: a plain registrar has no effect: ERROR 0xa, and the connection ends")
  void plainRegistrarIsRefused() {
    Probe plain = stranger(9, null);
    plain.session = world.connect(plain, World.to(one.address));
    world.run(Duration.ofNanos(2_000_000));
    plain.say(plain.presence(0xffff, true));
    plain.say(add(ID, 1, ID));
    plain.say(new HandleTableRequest(ID, 0, false));
    isRefused(plain);
    assertThat(one.counted(EnrpCount.ENRP_REFUSED_INSECURE)).isEqualTo(1);
  }

  @Test
  @DisplayName("P-155: integrity without identity, and identity without integrity are not enough")
  void halfOfSecurityIsNotEnough() {
    Probe half = stranger(9, "registrar-9", PeerRole.ENRP_SERVER);
    half.caller = new Caller(Application.ENRP, half.address, half.caller.peer(), Assurance.NONE);
    half.join(one);
    isRefused(half);
  }

  @Test
  @DisplayName("P-156: a pool element is no registrar, however well it is proved")
  void poolElementIsNoRegistrar() {
    Probe element = stranger(9, "server-9", PeerRole.POOL_ELEMENT, PeerRole.POOL_USER);
    element.join(one);
    element.say(add(ID, 1, ID));
    isRefused(element);
    assertThat(one.counted(EnrpCount.ENRP_REFUSED_ROLE)).isEqualTo(1);
  }

  @Test
  @DisplayName("P-156: whom this registrar connects to must be a registrar as well")
  void whoIsConnectedToMustBeARegistrar() {
    Probe impostor = stranger(9, null);
    two.others = List.of(impostor.address);
    two.start();
    world.run(Duration.ofSeconds(60));
    assertThat(impostor.heard).hasSizeBetween(4, 8).allMatch(EnrpError.class::isInstance);
    assertThat(two.federation.peers(world.now)).isEmpty();
  }

  @Test
  @DisplayName("P-155: refusals of strangers do not fill the log")
  void refusalsDoNotFillTheLog() {
    for (int i = 0; i < 300; i++) {
      stranger(100 + i, null).dial(one);
    }
    assertThat(one.counted(EnrpCount.ENRP_REFUSED_INSECURE)).isEqualTo(300);
    assertThat(one.notebook.events()).hasSizeLessThan(10);
  }

  @Test
  @DisplayName("P-167: a secure registrar never connects in clear")
  void secureRegistrarNeverConnectsInClear() {
    ConnectSpec clear =
        new ConnectSpec(
            Application.ENRP,
            two.address,
            9901,
            "clear",
            PeerSelector.anyOf(PeerRole.ENRP_SERVER),
            false,
            true);
    assertThatThrownBy(() -> make(List.of(clear), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tls://");
    assertThatThrownBy(() -> make(List.of(), true)).isInstanceOf(IllegalArgumentException.class);
  }

  private EnrpFederation make(List<ConnectSpec> servers, boolean inClear) {
    Premises premises = new Premises(one.space, new Nobody(), world.random, one.notebook, true);
    return new EnrpFederation(
        premises,
        new EnrpSettings(
            servers, "clear", inClear, List.of(), EnrpTimers.DEFAULT, EnrpLimits.DEFAULT),
        one,
        one);
  }

  @Test
  @DisplayName("P-168: an insecure handlespace takes plain registrars, a secure one none of them")
  void insecureHandlespaceTakesPlainRegistrars() {
    two.isSecure = false;
    two.start();
    world.run(MOMENT);
    Probe plain = stranger(9, null).join(two);
    plain.say(add(ID, 1, ID));
    assertThat(two.owners()).containsOnlyKeys(Host.key(1));
  }

  @Test
  @DisplayName("P-170: nobody removes what another registrar owns")
  void nobodyRemovesWhatAnotherOwns() {
    Probe owner = registrar(9, ID).join(one);
    Probe insider = registrar(10, OTHER).join(one);
    owner.say(add(ID, 1, ID));
    one.register(2);
    for (long each : new long[] {1, 2}) {
      insider.say(
          new HandleUpdate(OTHER, 0, HandleUpdate.DEL_PE, Host.POOL, Host.element(each, OTHER, 1)));
      insider.say(
          new HandleUpdate(OTHER, 0, HandleUpdate.DEL_PE, Host.POOL, Host.element(each, ID, 1)));
    }
    assertThat(one.owners()).containsEntry(Host.key(1), ID).containsEntry(Host.key(2), one.id());
    assertThat(one.counted(EnrpCount.ENRP_FOREIGN_UPDATES)).isEqualTo(4);
    assertThat(one.notebook.alarms())
        .hasSize(1)
        .allMatch(each -> each.contains("0x23456789 (probe-10)"))
        .as("alarms are logged")
        .noneMatch(each -> each.contains(Host.POOL.toString()));
    assertThat(one.notebook.events())
        .anyMatch(each -> each.what().contains("removes " + Host.key(1)));
    assertThat(one.lost).isEmpty();
    world.run(Duration.ofMinutes(9));
    assertThat(one.notebook.alarms()).anyMatch(each -> each.contains("not for it to say"));
    world.run(Duration.ofMinutes(2));
    assertThat(one.notebook.alarms()).noneMatch(each -> each.contains("not for it to say"));
  }

  @Test
  @DisplayName("P-170: nobody adds what is to be another registrar's")
  void nobodyAddsForAnother() {
    registrar(9, ID).join(one);
    Probe insider = registrar(10, OTHER).join(one);
    insider.say(add(OTHER, 1, ID));
    insider.say(add(OTHER, 2, one.id()));
    assertThat(one.space.elements()).isZero();
    assertThat(one.counted(EnrpCount.ENRP_FOREIGN_UPDATES)).isEqualTo(2);
  }

  @Test
  @DisplayName("P-170: nobody takes over a registrar that is heard")
  void nobodyTakesOverWhoIsHeard() {
    Probe owner = registrar(9, ID).join(one);
    Probe insider = registrar(10, OTHER).join(one);
    owner.say(add(ID, 1, ID));
    insider.say(new TakeoverServer(OTHER, 0, ID));
    insider.say(new TakeoverServer(OTHER, 0, one.id()));
    insider.say(new InitTakeover(OTHER, 0, ID));
    assertThat(insider.heard(InitTakeoverAck.class)).hasSize(1);
    insider.say(new TakeoverServer(OTHER, 0, ID));
    assertThat(one.owners()).containsEntry(Host.key(1), ID);
    assertThat(one.counted(EnrpCount.ENRP_TAKEOVERS_REFUSED)).isEqualTo(2);
  }

  @Test
  @DisplayName("RFC 5355 2.5: a server identifier belongs to who has it first")
  void serverIdentifierBelongsToItsIdentity() {
    registrar(9, ID).join(one);
    Probe thief = registrar(10, ID).join(one);
    thief.say(add(ID, 1, ID));
    assertThat(thief.isOver).isTrue();
    assertThat(one.space.elements()).isZero();
    assertThat(one.counted(EnrpCount.ENRP_REFUSED_IDENTITY)).isEqualTo(1);
  }

  @Test
  @DisplayName("limits: one identity has few server identifiers")
  void oneIdentityHasFewServerIdentifiers() {
    for (int i = 0; i < 6; i++) {
      Probe probe = new Probe(world, 20 + i, 100 + i, null);
      probe.caller = World.secure(probe.address, "same", PeerRole.ENRP_SERVER);
      probe.join(one);
    }
    assertThat(one.federation.peers(world.now)).hasSize(4);
  }

  @Test
  @DisplayName("limits: registrars, connections of nobody, and lists have an end")
  void nothingGrowsWithoutEnd() {
    two.limits = new EnrpLimits(5, 3, 8, 100, 128, 60_000);
    Probe mentor = registrar(9, ID);
    two.others = List.of(mentor.address);
    two.start();
    world.run(Duration.ofMillis(50));
    List<ServerInformation> many = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      many.add(
          new ServerInformation(
              1000 + i, List.of(PortTransport.tcp(World.address(2000 + i), 9902))));
    }
    mentor.say(new ListResponse(ID, 0, false, many));
    assertThat(two.federation.peers(world.now)).hasSize(5);
    List<Probe> silent = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      silent.add(registrar(30 + i, 50 + i).dial(two));
    }
    assertThat(silent).filteredOn(each -> each.isOver).hasSize(3);
    world.run(Duration.ofSeconds(7));
    assertThat(silent).allMatch(each -> each.isOver);
  }

  @Test
  @DisplayName("messages of every kind with random octets do no harm")
  void randomOctetsDoNoHarm() {
    Probe peer = registrar(9, ID).join(one);
    for (int i = 0; i < 20_000; i++) {
      byte[] octets = new byte[12 + world.random.nextInt(40)];
      world.random.nextBytes(octets);
      octets[0] = (byte) (world.random.nextInt(12));
      octets[2] = 0;
      octets[3] = (byte) octets.length;
      Bytes.of(0x12, 0x34, 0x56, 0x78).copyTo(octets, 4);
      one.federation.message(2, Bytes.copyOf(octets), world.now);
    }
    world.run(Duration.ofSeconds(30));
    assertThat(one.federation.peers(world.now)).isNotEmpty();
    assertThat(peer.heard).isNotEmpty();
  }

  /** Permits nothing. */
  private static final class Nobody implements PeerAuthorizer {
    @Override
    public boolean permits(AuthenticatedPeer peer, PeerRole role) {
      return false;
    }

    @Override
    public boolean permitsLink(AuthenticatedPeer peer, Ipv6 linkAddress) {
      return false;
    }
  }
}
