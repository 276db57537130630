// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leasehold.codec.failover.FailoverFrame;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.FailoverOptionCode;
import io.leasehold.codec.failover.UnknownFrame;
import io.leasehold.codec.failover.UpgradeFrame;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.failover.effect.Effect;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.effect.Outbox;
import io.leasehold.failover.lease.Role;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections before CONNECT, and whose they become. */
final class NewcomersTest {
  private static final Ipv6 HOME = Ipv6.ofText("2001:db8::2");
  private static final Ipv6 OTHER = Ipv6.ofText("2001:db8::3");
  private static final Ipv6 STRANGER = Ipv6.ofText("2001:db8::4");

  private final RelationshipDirectory<String> directory = new RelationshipDirectory<>();
  private final Outbox outbox = new Outbox();
  private final Newcomers<String> newcomers = new Newcomers<>(directory, Side.idsFrom(1), outbox);
  private final List<Effect> effects = new ArrayList<>();
  private long seconds;

  private void relationship(String name, Role role, Ipv6 partner) {
    directory.add(
        Side.settings(role, "name = " + name, "peer = east", "partner = tls://[" + partner + "]"),
        name);
  }

  private Moment now() {
    return new Moment(Side.START + seconds, TimeUnit.SECONDS.toNanos(seconds));
  }

  private void opened(long connection, Ipv6 remote) {
    opened(connection, remote, "east");
  }

  private void opened(long connection, Ipv6 remote, String peerId) {
    newcomers.onOpened(connection, new Caller(remote, true, Optional.of(peerId)), now());
    drain();
  }

  private Optional<String> says(long connection, FailoverFrame frame) {
    Optional<String> endpoint =
        newcomers.onFrame(connection, frame, now()).map(Newcomers.Announced::endpoint);
    drain();
    return endpoint;
  }

  private void drain() {
    for (Effect effect = outbox.poll(); effect != null; effect = outbox.poll()) {
      effects.add(effect);
    }
  }

  private FailoverMessage connect(Optional<String> name) {
    return new FailoverMessage(
        Dhcp6MessageType.CONNECT,
        2,
        AbsoluteTime.ofUnixSeconds(now().wallSeconds()),
        Side.TERMS.toOptions(name));
  }

  private List<Long> closed() {
    return effects.stream()
        .filter(Effect.Close.class::isInstance)
        .map(each -> ((Effect.Close) each).connection())
        .toList();
  }

  private int refusal(long connection) {
    return effects.stream()
        .filter(each -> each instanceof Effect.Send send && send.connection() == connection)
        .map(each -> (FailoverMessage) ((Effect.Send) each).frame())
        .filter(each -> each.type() == Dhcp6MessageType.CONNECTREPLY)
        .findFirst()
        .flatMap(each -> each.options().first(Dhcp6Options.STATUS_CODE))
        .orElseThrow()
        .code();
  }

  @Test
  void onlyThePrimarysOfARelationshipAreExpected() {
    relationship("a", Role.SECONDARY, HOME);
    relationship("b", Role.PRIMARY, OTHER);
    opened(1, STRANGER);
    opened(2, OTHER);
    opened(3, HOME);
    assertThat(closed()).containsExactly(1L, 2L);
    assertThat(says(1, connect(Optional.of("a")))).isEmpty();
    assertThat(says(3, connect(Optional.of("a")))).contains("a");
    assertThat(newcomers.has(3)).isFalse();
  }

  @Test
  void addressAndNameTellWhoseItIs() {
    relationship("a", Role.SECONDARY, HOME);
    relationship("b", Role.SECONDARY, HOME);
    relationship("c", Role.SECONDARY, OTHER);
    relationship("d", Role.PRIMARY, HOME);
    opened(1, HOME);
    assertThat(says(1, connect(Optional.of("a")))).contains("a");
    opened(2, HOME);
    assertThat(says(2, connect(Optional.of("b")))).contains("b");
    // Known, but not with this primary; known, but this server is the primary; unknown; none.
    long connection = 3;
    for (Optional<String> name :
        List.of(Optional.of("c"), Optional.of("d"), Optional.of("e"), Optional.<String>empty())) {
      opened(connection, HOME);
      assertThat(says(connection, connect(name))).isEmpty();
      assertThat(refusal(connection)).isEqualTo(Dhcp6StatusCode.CONFIGURATION_CONFLICT);
      assertThat(closed()).contains(connection);
      connection++;
    }
  }

  @Test
  void aNameIsNotNeededForTheOnlyRelationshipWithAPrimary() {
    relationship("a", Role.SECONDARY, HOME);
    relationship("b", Role.PRIMARY, HOME);
    relationship("c", Role.SECONDARY, OTHER);
    opened(1, HOME);
    assertThat(says(1, connect(Optional.empty()))).contains("a");
  }

  /** RFC 8156 section 10. */
  @Test
  void aCertificateIsForItsOwnRelationship() {
    relationship("a", Role.SECONDARY, HOME);
    opened(1, HOME, "west");
    assertThat(says(1, connect(Optional.of("a")))).isEmpty();
    assertThat(refusal(1)).isEqualTo(Dhcp6StatusCode.CONFIGURATION_CONFLICT);
    newcomers.onOpened(2, new Caller(HOME, false, Optional.empty()), now());
    assertThat(says(2, connect(Optional.empty()))).isEmpty();

    directory.add(
        Side.settings(
            Role.SECONDARY, "name = b", "partner = tcp://[" + OTHER + "]", "insecure = true"),
        "b");
    newcomers.onOpened(3, new Caller(OTHER, false, Optional.empty()), now());
    assertThat(says(3, connect(Optional.of("b")))).contains("b");
  }

  @Test
  void clocksComeBeforeNames() {
    relationship("a", Role.SECONDARY, HOME);
    opened(1, HOME);
    FailoverMessage connect = connect(Optional.of("b"));
    says(1, connect.sentAt(connect.sentTime().plus(-60)));
    assertThat(refusal(1)).isEqualTo(Dhcp6StatusCode.EXCESSIVE_TIME_SKEW);

    opened(2, HOME);
    Options some = connect.options().toBuilder().remove(FailoverOptionCode.MCLT).build();
    says(2, new FailoverMessage(connect.type(), 2, connect.sentTime(), some));
    assertThat(refusal(2)).isEqualTo(Dhcp6StatusCode.UNSPEC_FAIL);
  }

  @Test
  void namesAreUnique() {
    relationship("a", Role.SECONDARY, HOME);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> relationship("a", Role.PRIMARY, OTHER))
        .withMessageContaining("name = a");
    directory.remove("a", "somebody else");
    assertThat(directory.size()).isEqualTo(1);
    directory.remove("a", "a");
    relationship("a", Role.PRIMARY, OTHER);
    assertThat(directory.endpoints()).containsExactly("a");
  }

  static Stream<FailoverFrame> notConnect() {
    AbsoluteTime time = AbsoluteTime.ofUnixSeconds(Side.START);
    return Stream.concat(
        Stream.of(
            new UnknownFrame(Bytes.ofHex("c8")),
            new UpgradeFrame(new ClientServerMessage(Dhcp6MessageType.STARTTLS, 1, Options.EMPTY))),
        Stream.of(
                Dhcp6MessageType.STATE,
                Dhcp6MessageType.UPDREQALL,
                Dhcp6MessageType.CONNECTREPLY,
                Dhcp6MessageType.BNDUPD,
                Dhcp6MessageType.CONTACT)
            .map(type -> new FailoverMessage(type, 1, time, Side.normal())));
  }

  @ParameterizedTest
  @MethodSource
  void notConnect(FailoverFrame frame) {
    relationship("a", Role.SECONDARY, HOME);
    opened(1, HOME);
    assertThat(says(1, frame)).isEmpty();
    assertThat(closed()).containsExactly(1L);
    assertThat(effects).noneMatch(Effect.Send.class::isInstance);
    assertThat(says(1, connect(Optional.of("a")))).isEmpty();
  }

  @Test
  void whoComesAgainAndAgainIsToldOnce() {
    relationship("a", Role.SECONDARY, HOME);
    for (long connection = 1; connection <= 20; connection++) {
      opened(connection, HOME);
      newcomers.onMalformed(connection, "no header");
      drain();
    }
    assertThat(effects)
        .filteredOn(Effect.Report.class::isInstance)
        .containsExactly(
            new Effect.Report(
                true, "a connection from 2001:db8::2 (east) is closed: malformed: no header"));
  }

  @Test
  void whatIsMalformedEndsIt() {
    relationship("a", Role.SECONDARY, HOME);
    opened(1, HOME);
    newcomers.onMalformed(1, "no header");
    drain();
    assertThat(closed()).containsExactly(1L);
  }

  @Test
  void theOldestOfManyGoes() {
    relationship("a", Role.SECONDARY, HOME);
    relationship("b", Role.SECONDARY, OTHER);
    opened(1, OTHER);
    for (long connection = 2; connection <= 201; connection++) {
      opened(connection, HOME);
      assertThat(closed()).hasSize((int) Math.max(0, connection - 3));
    }
    assertThat(closed()).doesNotContain(1L, 200L, 201L).startsWith(2L, 3L, 4L);
    assertThat(says(1, connect(Optional.of("b")))).contains("b");
    assertThat(says(201, connect(Optional.of("a")))).contains("a");
  }

  @Test
  void thereIsALimitForAllTogether() {
    for (int i = 0; i < 20; i++) {
      relationship("r" + i, Role.SECONDARY, Ipv6.ofText("2001:db8::1:" + i));
    }
    long connection = 0;
    for (int i = 0; i < 20; i++) {
      opened(++connection, Ipv6.ofText("2001:db8::1:" + i));
      opened(++connection, Ipv6.ofText("2001:db8::1:" + i));
    }
    assertThat(closed()).hasSize(10).startsWith(1L, 2L, 3L);
  }

  @Test
  void whoeverIsSilentGoesInTime() {
    relationship("a", Role.SECONDARY, HOME);
    assertThat(newcomers.deadline()).isEqualTo(Moment.NEVER);
    opened(1, HOME);
    seconds = 10;
    opened(2, HOME);
    seconds = 29;
    newcomers.onTimer(now());
    drain();
    assertThat(closed()).isEmpty();
    assertThat(newcomers.deadline()).isEqualTo(TimeUnit.SECONDS.toNanos(30));
    seconds = 30;
    newcomers.onTimer(now());
    drain();
    assertThat(closed()).containsExactly(1L);
    newcomers.onEnded(2);
    assertThat(newcomers.deadline()).isEqualTo(Moment.NEVER);
  }
}
