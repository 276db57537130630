// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.ConnectFlags;
import io.leasehold.codec.failover.ConnectTerms;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.FailoverOptionCode;
import io.leasehold.codec.failover.ProtocolVersion;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8156 section 6.1.2. */
final class SecondaryConnectTest {
  private static ConnectTerms terms(ProtocolVersion version, long mclt, boolean isFixed) {
    return new ConnectTerms(version, mclt, 60, 64, new ConnectFlags(isFixed));
  }

  @Test
  void stateFollowsTheAcceptingReply() {
    Side secondary = Side.secondary("keepalive.seconds = 45", "max.unacked = 10");
    secondary.connects(1);
    assertThat(secondary.words(1)).containsExactly("connectreply", "state");
    FailoverMessage reply = secondary.sent(1).get(0);
    assertThat(reply.transactionId()).isEqualTo(2);
    assertThat(ConnectTerms.read(reply.options()))
        .isEqualTo(new ConnectTerms(ProtocolVersion.CURRENT, 3600, 45, 10, new ConnectFlags(true)));
    assertThat(reply.options().has(FailoverOptionCode.RELATIONSHIP_NAME)).isFalse();
    assertThat(secondary.told).containsExactly("mclt 3600", "up");
    assertThat(secondary.opens()).isZero();
  }

  @Test
  void theMcltIsThePrimarysAndStoredFirst() {
    Side secondary = Side.secondary("mclt.seconds = 1800");
    secondary.isStoreSlow = true;
    secondary.connects(1, secondary.connect(terms(ProtocolVersion.CURRENT, 7200, true)));
    assertThat(secondary.told).containsExactly("mclt 7200");
    assertThat(secondary.sent(1)).isEmpty();

    secondary.storing.done(null, secondary.now());
    secondary.drain();
    assertThat(ConnectTerms.read(secondary.sent(1).get(0).options()).mcltSeconds()).isEqualTo(7200);
    assertThat(secondary.slot.partner().differences()).containsExactly("mclt.seconds");

    secondary.isStoreSlow = false;
    secondary.connects(2, secondary.connect(terms(ProtocolVersion.CURRENT, 600, true)));
    assertThat(ConnectTerms.read(secondary.sent(2).get(0).options()).mcltSeconds()).isEqualTo(600);
  }

  @Test
  void whatCannotBeStoredIsRefused() {
    Side secondary = Side.secondary();
    secondary.isStoreSlow = true;
    secondary.connects(1);
    secondary.storing.failed("the disk is full", secondary.now());
    secondary.drain();
    assertRefused(secondary, Dhcp6StatusCode.UNSPEC_FAIL);
  }

  @Test
  void whatIsNotStoredInTimeIsRefusedAndNotAcceptedLater() {
    Side secondary = Side.secondary();
    secondary.isStoreSlow = true;
    secondary.connects(1);
    secondary.pass(30);
    assertRefused(secondary, Dhcp6StatusCode.UNSPEC_FAIL);
    secondary.storing.done(null, secondary.now());
    secondary.drain();
    assertThat(secondary.words(1)).containsExactly("connectreply");
    assertThat(secondary.told).doesNotContain("up");
  }

  @Test
  void theWindowIsThePartnersWithinReason() {
    Side secondary = Side.secondary();
    ConnectFlags flags = new ConnectFlags(true);
    secondary.connects(
        1, secondary.connect(new ConnectTerms(ProtocolVersion.CURRENT, 3600, 60, 2, flags)));
    assertThat(secondary.session.maxUnacked()).isEqualTo(2);
    secondary.connects(
        2,
        secondary.connect(
            new ConnectTerms(ProtocolVersion.CURRENT, 3600, 60, 0xffff_ffffL, flags)));
    assertThat(secondary.session.maxUnacked()).isEqualTo(512);
  }

  @Test
  void aShortMcltIsTakenWithAWarning() {
    Side secondary = Side.secondary();
    secondary.connects(1, secondary.connect(terms(ProtocolVersion.CURRENT, 20, true)));
    assertThat(secondary.told).containsExactly("mclt 20", "up");
    assertThat(secondary.warnings()).singleElement().asString().contains("20 s");
  }

  @ParameterizedTest
  @ValueSource(longs = {-3600, -6, 6, 3600})
  void skewIsRefused(long seconds) {
    Side secondary = Side.secondary();
    FailoverMessage connect = secondary.connect(Side.TERMS);
    secondary.connects(1, connect.sentAt(connect.sentTime().plus(seconds)));
    assertRefused(secondary, Dhcp6StatusCode.EXCESSIVE_TIME_SKEW);
  }

  @ParameterizedTest
  @ValueSource(longs = {-5, 0, 5})
  void fiveSecondsAreNoSkew(long seconds) {
    Side secondary = Side.secondary();
    FailoverMessage connect = secondary.connect(Side.TERMS);
    secondary.connects(1, connect.sentAt(connect.sentTime().plus(seconds)));
    assertThat(secondary.told).endsWith("up");
    assertThat(secondary.slot.partner().skewSeconds()).isEqualTo(seconds);
  }

  @Test
  void unsupportedVersionIsRefused() {
    Side secondary = Side.secondary();
    secondary.connects(1, secondary.connect(terms(new ProtocolVersion(99, 0), 3600, true)));
    assertRefused(secondary, Dhcp6StatusCode.NOT_SUPPORTED);
  }

  @Test
  void aHigherMinorVersionIsAccepted() {
    Side secondary = Side.secondary();
    secondary.connects(1, secondary.connect(terms(new ProtocolVersion(1, 7), 3600, true)));
    assertThat(secondary.told).endsWith("up");
    assertThat(ConnectTerms.read(secondary.sent(1).get(0).options()).version())
        .isEqualTo(ProtocolVersion.CURRENT);
  }

  @Test
  void prefixesOfSeveralLengthsAreRefusedByWhoHasOne() {
    Side secondary = Side.secondary();
    secondary.connects(1, secondary.connect(terms(ProtocolVersion.CURRENT, 3600, false)));
    assertRefused(secondary, Dhcp6StatusCode.CONFIGURATION_CONFLICT);

    Side both = Side.secondary("prefix.fixed.length = false");
    both.connects(1, both.connect(terms(ProtocolVersion.CURRENT, 3600, false)));
    both.connects(2, both.connect(terms(ProtocolVersion.CURRENT, 3600, true)));
    assertThat(both.told).containsExactly("mclt 3600", "up", "mclt 3600", "down", "up");
  }

  @ParameterizedTest
  @MethodSource("io.leasehold.failover.connection.Side#mandatory")
  void whatIsMissingIsRefused(int code) {
    Side secondary = Side.secondary();
    Options options = Side.TERMS.toOptions(Optional.of("pair1")).toBuilder().remove(code).build();
    secondary.connects(1, secondary.message(Dhcp6MessageType.CONNECT, 2, options));
    assertRefused(secondary, Dhcp6StatusCode.UNSPEC_FAIL);
  }

  @Test
  void keepaliveOfNothingIsRefused() {
    Side secondary = Side.secondary();
    ConnectTerms terms =
        new ConnectTerms(ProtocolVersion.CURRENT, 3600, 0, 64, new ConnectFlags(true));
    secondary.connects(1, secondary.connect(terms));
    assertRefused(secondary, Dhcp6StatusCode.UNSPEC_FAIL);
  }

  @Test
  void skewIsSaidBeforeWhatIsMissingAndThatBeforeTheVersion() {
    Side secondary = Side.secondary();
    ConnectTerms other = terms(new ProtocolVersion(99, 0), 3600, false);
    Options all = other.toOptions(Optional.of("pair1"));
    Options some = all.toBuilder().remove(FailoverOptionCode.MCLT).build();
    FailoverMessage late = secondary.message(Dhcp6MessageType.CONNECT, 2, some);

    secondary.connects(1, late.sentAt(late.sentTime().plus(-60)));
    secondary.connects(2, late);
    secondary.connects(3, secondary.message(Dhcp6MessageType.CONNECT, 2, all));
    assertThat(secondary.refusal(1)).isEqualTo(Dhcp6StatusCode.EXCESSIVE_TIME_SKEW);
    assertThat(secondary.refusal(2)).isEqualTo(Dhcp6StatusCode.UNSPEC_FAIL);
    assertThat(secondary.refusal(3)).isEqualTo(Dhcp6StatusCode.NOT_SUPPORTED);
  }

  private static void assertRefused(Side secondary, int code) {
    assertThat(secondary.words(1)).containsExactly("connectreply");
    assertThat(secondary.last(1).transactionId()).isEqualTo(2);
    assertThat(secondary.refusal(1)).isEqualTo(code);
    StatusCode status = secondary.last(1).options().first(Dhcp6Options.STATUS_CODE).orElseThrow();
    assertThat(status.text()).isNotEmpty();
    assertThat(secondary.isClosed(1)).isTrue();
    assertThat(secondary.told).doesNotContain("up");
    assertThat(secondary.slot.session()).isEmpty();
  }

  @Test
  void aReturningPartnerReplacesAHalfOpenConnection() {
    Side secondary = Side.secondary().up();
    secondary.connects(2);
    assertThat(secondary.isClosed(1)).isTrue();
    assertThat(secondary.told)
        .containsExactly("mclt 3600", "up", "state NORMAL", "mclt 3600", "down", "up");
    secondary.says(1, Dhcp6MessageType.STATE, 91, Side.normal());
    assertThat(secondary.told).endsWith("up");
    secondary.says(2, Dhcp6MessageType.STATE, 91, Side.normal());
    assertThat(secondary.told).endsWith("state NORMAL");
  }

  @Test
  void aBadConnectReplacesNothing() {
    Side secondary = Side.secondary().up();
    secondary.connects(2, secondary.connect(terms(new ProtocolVersion(9, 0), 3600, true)));
    assertThat(secondary.isClosed(2)).isTrue();
    assertThat(secondary.isClosed(1)).isFalse();
    secondary.says(1, Dhcp6MessageType.UPDREQ, 92, Options.EMPTY);
    assertThat(secondary.told).endsWith("updreq 92");
  }

  @Test
  void theNewestConnectIsAnsweredByAcceptance() {
    Side secondary = Side.secondary();
    secondary.isStoreSlow = true;
    secondary.connects(1);
    var first = secondary.storing;
    secondary.connects(2);
    first.done(null, secondary.now());
    secondary.drain();
    assertRefused(secondary, Dhcp6StatusCode.UNSPEC_FAIL);
    secondary.storing.done(null, secondary.now());
    secondary.drain();
    assertThat(secondary.words(2)).containsExactly("connectreply", "state");
  }

  @Test
  void connectInClearIsNotAnsweredIfItMustBeProtected() {
    Side secondary = Side.secondary();
    secondary.slot.onConnect(1, false, secondary.connect(Side.TERMS), secondary.now());
    secondary.drain();
    assertThat(secondary.sent(1)).isEmpty();
    assertThat(secondary.isClosed(1)).isTrue();
    assertThat(secondary.told).isEmpty();
  }

  @Test
  void whileStoppingConnectIsRefused() {
    Side secondary = Side.secondary();
    secondary.slot.stop(
        new StatusCode(Dhcp6StatusCode.SERVER_SHUTTING_DOWN, "stopping"), secondary.now());
    secondary.connects(1);
    assertRefused(secondary, Dhcp6StatusCode.SERVER_SHUTTING_DOWN);
  }

  @Test
  void theConnectionMayEndWhileTheMcltIsStored() {
    Side secondary = Side.secondary();
    secondary.isStoreSlow = true;
    secondary.connects(1);
    secondary.slot.onEnded(1, "reset by the partner", secondary.now());
    secondary.storing.done(null, secondary.now());
    secondary.drain();
    assertThat(secondary.sent(1)).isEmpty();
    assertThat(secondary.told).containsExactly("mclt 3600");
  }
}
