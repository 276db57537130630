// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.ChannelEngine.State;
import io.leasehold.security.ChannelFactory;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.ChannelProfile.PostQuantum;
import io.leasehold.security.ChannelProfile.Revocation;
import io.leasehold.security.Credential.CertificateChain;
import io.leasehold.security.Credential.TrustAnchors;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerName;
import io.leasehold.security.PeerName.Kind;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.security.ProfileRejectedException;
import io.leasehold.security.tls.osgi.TlsCertificates;
import io.leasehold.testkit.security.EnginePipe;
import io.leasehold.testkit.security.SecurityWorld;
import io.leasehold.testkit.security.TestAuthority;
import io.leasehold.testkit.security.TestCertificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whom a server takes a relay agent for that shows a certificate, and whom it sends away. */
final class CertificateJudgementTest {
  private static final TestAuthority AUTHORITY = TestAuthority.root("hq authority");
  private static final Instant BEGIN = SecurityWorld.BEGIN;
  private static final Duration DAY = Duration.ofDays(1);
  private static final PeerSelector RELAYS = PeerSelector.anyOf(PeerRole.RELAY);

  private final SecurityWorld relay = new SecurityWorld();
  private final SecurityWorld server = new SecurityWorld();

  /** Who the server says it is, or why it refuses. */
  private record Verdict(String peer, String failure) {}

  @BeforeEach
  void makeBothSides() {
    relay.with(AUTHORITY.trust("hq")).withNamedPeer("server1", PeerRole.SERVER, "server1.example");
    server
        .with(AUTHORITY.issue().dns("server1.example").credential("own"))
        .with(AUTHORITY.trust("hq"));
    knows(false, List.of(), new PeerName(Kind.DNS, "r17.example"));
  }

  private void knows(boolean wildcards, List<Bytes> pins, PeerName... names) {
    server.with(
        new Peer(
            "r17", Set.of(PeerRole.RELAY), List.of(names), wildcards, pins, List.of(), List.of()));
  }

  private Verdict judged(CertificateChain shown, Revocation revocation) {
    relay.with(shown);
    try (ChannelFactory client = open(relay, Revocation.OFF);
        ChannelFactory judging = open(server, revocation)) {
      ChannelEngine judge = judging.newEngine(HandshakeRole.SERVER, RELAYS);
      PeerSelector expected = PeerSelector.only("server1", PeerRole.SERVER);
      EnginePipe.stream(client.newEngine(HandshakeRole.CLIENT, expected), judge).run();
      assertThat(judge.state()).isIn(State.ESTABLISHED, State.FAILED);
      return new Verdict(judge.peer().map(AuthenticatedPeer::peerId).orElse(""), judge.failure());
    }
  }

  private static ChannelFactory open(SecurityWorld world, Revocation revocation) {
    try {
      return new TlsCertificates()
          .open(
              new ChannelProfile(
                  "hq",
                  "tls-cert",
                  false,
                  PostQuantum.PREFER,
                  List.of("own"),
                  "hq",
                  revocation,
                  Duration.ofSeconds(10),
                  Map.of()),
              world);
    } catch (ProfileRejectedException e) {
      throw new AssertionError(e);
    }
  }

  private void accepts(TestCertificate shown) {
    assertThat(judged(shown.credential("own"), Revocation.SOFT)).isEqualTo(new Verdict("r17", ""));
  }

  private void refuses(TestCertificate shown, String why) {
    refuses(shown.credential("own"), Revocation.SOFT, why);
  }

  private void refuses(CertificateChain shown, Revocation revocation, String why) {
    long before = failures();
    Verdict verdict = judged(shown, revocation);
    assertThat(verdict.peer()).isEmpty();
    assertThat(verdict.failure()).contains(why).doesNotContain("\n", "Exception");
    assertThat(failures() - before).isOne();
  }

  private long failures() {
    return server.events().stream().filter(e -> e.startsWith("handshake-failed ")).count();
  }

  private static TestCertificate r17() {
    return AUTHORITY.issue().dns("r17.example");
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        arguments(
            "the name as common name only",
            AUTHORITY.issue().commonName("r17.example"),
            "common name is not read"),
        arguments(
            "the right common name and another name",
            AUTHORITY.issue().commonName("r17.example").dns("r18.example"),
            "that of no peer"),
        arguments("a wildcard", AUTHORITY.issue().dns("*.example"), "that of no peer"),
        arguments("a NUL", AUTHORITY.issue().dns("r17.example\0.evil.example"), "no usable"),
        arguments("a dot at the end", AUTHORITY.issue().dns("r17.example."), "no usable"),
        arguments("the name as URI", AUTHORITY.issue().uri("r17.example"), "that of no peer"),
        arguments(
            "a beginning ahead", r17().valid(BEGIN.plusSeconds(1), BEGIN.plus(DAY)), "clocks"),
        arguments("use by servers only", r17().serverOnly(), "not for clientAuth"),
        arguments("no use for signatures", r17().notForSignatures(), "digitalSignature"),
        arguments(
            "an authority of the same name",
            TestAuthority.root("hq authority").issue().dns("r17.example"),
            "not acceptable"),
        arguments(
            "another authority",
            TestAuthority.root("stranger").issue().dns("r17.example"),
            "whom trust 'hq' does not name"));
  }

  /** S-011, S-012, S-146. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("bad")
  void aCertificateThatIsNotInOrderIsRefusedWithOneLine(
      String what, TestCertificate shown, String why) {
    refuses(shown, why);
  }

  @Test
  void namesOfEveryKindAreTaken() {
    accepts(AUTHORITY.issue().commonName("somebody").dns("other.example").dns("R17.Example"));
    knows(false, List.of(), new PeerName(Kind.ADDRESS, "192.0.2.17"));
    accepts(AUTHORITY.issue().address(Bytes.of(192, 0, 2, 17)));
    knows(false, List.of(), new PeerName(Kind.ADDRESS, "2001:db8::17"));
    accepts(AUTHORITY.issue().address(Ipv6.ofText("2001:db8::17").bytes()));
    knows(false, List.of(), new PeerName(Kind.URI, "urn:example:relay:r17"));
    accepts(AUTHORITY.issue().uri("urn:example:relay:r17"));
  }

  @Test
  void anAddressWrittenAsDnsNameIsNone() {
    knows(false, List.of(), new PeerName(Kind.ADDRESS, "192.0.2.17"));
    refuses(AUTHORITY.issue().dns("192.0.2.17"), "no usable");
  }

  @Test
  void aWildcardIsForOneLabelAndForThoseWhoAllowIt() {
    knows(true, List.of(), new PeerName(Kind.DNS, "r17.relays.example"));
    accepts(AUTHORITY.issue().dns("*.relays.example"));
    knows(true, List.of(), new PeerName(Kind.DNS, "r17.west.relays.example"));
    refuses(AUTHORITY.issue().dns("*.relays.example"), "that of no peer");
    knows(false, List.of(), new PeerName(Kind.DNS, "r17.relays.example"));
    refuses(AUTHORITY.issue().dns("*.relays.example"), "that of no peer");
  }

  /** S-013: the authority vouches for it, and it is that of somebody else. */
  @Test
  void aCertificateOpensOnlyWhatIsItsOwners() {
    server.withNamedPeer("r18", PeerRole.LEASEQUERY_REQUESTOR, "r18.example");
    refuses(AUTHORITY.issue().dns("r18.example"), "r18");
  }

  @Test
  void aCertificateOfTwoPeersIsThatOfNone() {
    server.withNamedPeer("r18", PeerRole.RELAY, "r18.example");
    refuses(r17().dns("r18.example"), "a name belongs to one peer");
  }

  @Test
  void authoritiesBelowTheAnchorAreFollowed() {
    TestAuthority west = AUTHORITY.intermediate("west");
    accepts(west.issue().dns("r17.example"));
  }

  /** A pin stands for the way to an anchor, not for time and strength. */
  @Test
  void aPinnedKeyNeedsNoAuthority() {
    TestAuthority stranger = TestAuthority.root("stranger");
    CertificateChain pinned = stranger.issue().dns("anything.example").credential("own");
    knows(false, List.of(TestCertificate.pin(pinned)));
    assertThat(judged(pinned, Revocation.HARD).peer()).isEqualTo("r17");
    refuses(stranger.issue().dns("anything.example"), "whom trust 'hq' does not name");
  }

  /** The clock of the relay agent is slow: it would not show what has ended. */
  @Test
  void certificatesEndPinnedOrNot() {
    CertificateChain ended = r17().valid(BEGIN.minus(DAY), BEGIN.plus(DAY)).credential("own");
    server.pass(DAY.plusSeconds(1));
    refuses(ended, Revocation.SOFT, "ended on");
    knows(false, List.of(TestCertificate.pin(ended)));
    assertThat(judged(ended, Revocation.SOFT).failure()).contains("ended on");
  }

  private void trusts(Bytes... lists) {
    TrustAnchors trust = AUTHORITY.trust("hq", lists);
    server.with(trust);
  }

  /** S-147. */
  @Test
  void aRevokedCertificateIsRefusedUnlessNobodyLooks() {
    CertificateChain shown = r17().credential("own");
    trusts(AUTHORITY.revocationList(BEGIN.minus(DAY), BEGIN.plus(DAY), shown.chain().get(0)));
    assertThat(judged(shown, Revocation.OFF).peer()).isEqualTo("r17");
    assertThat(judged(shown, Revocation.HARD).failure()).contains("was revoked by its issuer");
    assertThat(judged(shown, Revocation.SOFT).failure()).contains("was revoked by its issuer");
    trusts(AUTHORITY.revocationList(BEGIN.minus(DAY), BEGIN.minusSeconds(1), shown.chain().get(0)));
    assertThat(judged(shown, Revocation.SOFT).failure()).contains("was revoked by its issuer");
  }

  static Stream<Arguments> listsThatProveNothing() {
    TestAuthority other = TestAuthority.root("hq authority");
    return Stream.of(
        arguments("none", List.of()),
        arguments(
            "old", List.of(AUTHORITY.revocationList(BEGIN.minus(DAY), BEGIN.minusSeconds(1)))),
        arguments(
            "of tomorrow", List.of(AUTHORITY.revocationList(BEGIN.plus(DAY), BEGIN.plus(DAY)))),
        arguments(
            "signed by another", List.of(other.revocationList(BEGIN.minus(DAY), BEGIN.plus(DAY)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("listsThatProveNothing")
  void withoutAFreshListHardRefusesAndSoftTells(String what, List<Bytes> lists) {
    trusts(lists.toArray(Bytes[]::new));
    refuses(r17().credential("own"), Revocation.HARD, "no fresh revocation list");
    assertThat(judged(r17().credential("own"), Revocation.SOFT).peer()).isEqualTo("r17");
    assertThat(server.events()).filteredOn(e -> e.startsWith("revocation-unknown ")).hasSize(1);
    assertThat(judged(r17().credential("own"), Revocation.OFF).peer()).isEqualTo("r17");
    assertThat(server.events()).filteredOn(e -> e.startsWith("revocation-unknown ")).hasSize(1);
  }

  @Test
  void withAFreshListNothingIsTold() {
    trusts(AUTHORITY.revocationList(BEGIN.minus(DAY), BEGIN.plus(DAY)));
    assertThat(judged(r17().credential("own"), Revocation.HARD).peer()).isEqualTo("r17");
    assertThat(server.events()).noneMatch(e -> e.startsWith("revocation-unknown "));
  }
}
