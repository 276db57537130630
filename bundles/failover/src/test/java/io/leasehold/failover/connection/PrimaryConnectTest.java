// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.ConnectFlags;
import io.leasehold.codec.failover.ConnectTerms;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.FailoverOptionCode;
import io.leasehold.codec.failover.ProtocolVersion;
import io.leasehold.codec.failover.UnknownFrame;
import io.leasehold.codec.failover.UpgradeFrame;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.net.Bytes;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8156 sections 6.1.1 and 6.1.3. */
final class PrimaryConnectTest {
  private static ConnectTerms terms(ProtocolVersion version, long mclt, boolean isFixed) {
    return new ConnectTerms(version, mclt, 60, 64, new ConnectFlags(isFixed));
  }

  @Test
  void connectsAtOnceAndSaysConnectThere() {
    Side primary = Side.primary();
    assertThat(primary.opens()).isEqualTo(1);
    primary.opened(1);
    assertThat(primary.words(1)).containsExactly("connect");
    assertThat(ConnectTerms.missing(primary.last(1).options())).isEmpty();
    assertThat(primary.last(1).options().has(FailoverOptionCode.RELATIONSHIP_NAME)).isTrue();
    assertThat(primary.told).isEmpty();
  }

  @Test
  void stateFollowsAnAcceptingReplyAtOnce() {
    Side primary = Side.primary();
    primary.opened(1);
    primary.accepts(1, Side.TERMS);
    assertThat(primary.told).containsExactly("up");
    assertThat(primary.words(1)).containsExactly("connect", "state");
    assertThat(primary.session.partner()).isEqualTo(Side.TERMS);
  }

  @Test
  void attemptsNeverStopAndKeepTheirPace() {
    Side primary = Side.primary("connect.seconds = 5");
    for (int attempt = 1; attempt <= 20; attempt++) {
      assertThat(primary.opens()).isEqualTo(attempt);
      primary.slot.onEnded(ConnectionSlot.NONE, "nobody is there", primary.now());
      primary.pass(4.9);
      assertThat(primary.opens()).isEqualTo(attempt);
      primary.pass(0.1);
    }
    primary.opened(1);
    primary.accepts(1, Side.TERMS);
    primary.pass(59);
    assertThat(primary.opens()).isEqualTo(21);
    assertThat(primary.slot.session()).isPresent();
  }

  @Test
  void attemptsAreSlowerAfterARefusal() {
    Side primary = Side.primary("connect.seconds = 5", "connect.rejected.seconds = 60");
    for (int connection = 1; connection <= 20; connection++) {
      primary.opened(connection);
      int id = primary.last(connection).transactionId();
      primary.says(
          connection,
          Dhcp6MessageType.CONNECTREPLY,
          id,
          Side.status(Dhcp6StatusCode.CONFIGURATION_CONFLICT));
      assertThat(primary.isClosed(connection)).isTrue();
      assertThat(primary.words(connection)).containsExactly("connect");
      primary.pass(59.9);
      assertThat(primary.opens()).isEqualTo(connection);
      primary.pass(0.1);
      assertThat(primary.opens()).isEqualTo(connection + 1);
    }
    assertThat(primary.told).isEmpty();
    // The same refusal is told once, not twenty times.
    assertThat(primary.warnings()).hasSize(1);
    assertThat(primary.warnings().get(0)).contains("ConfigurationConflict");
  }

  @Test
  void attemptsAreSlowerAfterDisconnect() {
    Side primary = Side.primary().up();
    primary.says(1, Dhcp6MessageType.DISCONNECT, 9, Options.EMPTY);
    assertThat(primary.told).endsWith("disconnect 0", "down");
    primary.pass(59.9);
    assertThat(primary.opens()).isEqualTo(1);
    primary.pass(0.1);
    assertThat(primary.opens()).isEqualTo(2);
  }

  @Test
  void successIsNoRefusal() {
    Side primary = Side.primary();
    primary.opened(1);
    Options options =
        Side.TERMS.toOptions(Optional.empty()).toBuilder().addAll(Side.status(0)).build();
    primary.says(1, Dhcp6MessageType.CONNECTREPLY, 2, options);
    assertThat(primary.told).containsExactly("up");
  }

  @Test
  void unsupportedVersionIsDisconnected() {
    refused(terms(new ProtocolVersion(99, 0), 3600, true), Dhcp6StatusCode.NOT_SUPPORTED);
    refused(terms(new ProtocolVersion(0, 9), 3600, true), Dhcp6StatusCode.NOT_SUPPORTED);
  }

  @Test
  void anotherVersionThanOursIsTaken() {
    Side primary = Side.primary();
    primary.opened(1);
    primary.accepts(1, terms(new ProtocolVersion(1, 7), 3600, true));
    assertThat(primary.told).containsExactly("up");
    assertThat(ConnectTerms.read(primary.sent(1).get(0).options()).version())
        .isEqualTo(ProtocolVersion.CURRENT);
  }

  @Test
  void anotherMcltIsDisconnected() {
    refused(terms(ProtocolVersion.CURRENT, 3605, true), Dhcp6StatusCode.CONFIGURATION_CONFLICT);
  }

  @Test
  void prefixesOfSeveralLengthsAreRefusedByWhoHasOne() {
    refused(terms(ProtocolVersion.CURRENT, 3600, false), Dhcp6StatusCode.CONFIGURATION_CONFLICT);

    Side both = Side.primary("prefix.fixed.length = false");
    both.opened(1);
    both.accepts(1, terms(ProtocolVersion.CURRENT, 3600, false));
    assertThat(both.told).containsExactly("up");
    assertThat(ConnectTerms.read(both.sent(1).get(0).options()).flags().fixedPrefixLength())
        .isFalse();
  }

  @Test
  void keepaliveAndWindowOfNothingAreRefused() {
    ConnectFlags flags = new ConnectFlags(true);
    refused(
        new ConnectTerms(ProtocolVersion.CURRENT, 3600, 0, 64, flags), Dhcp6StatusCode.UNSPEC_FAIL);
    refused(
        new ConnectTerms(ProtocolVersion.CURRENT, 3600, 60, 0, flags), Dhcp6StatusCode.UNSPEC_FAIL);
  }

  private static void refused(ConnectTerms terms, int code) {
    Side primary = Side.primary();
    primary.opened(1);
    primary.accepts(1, terms);
    assertDisconnected(primary, code);
  }

  private static void assertDisconnected(Side primary, int code) {
    assertThat(primary.words(1)).containsExactly("connect", "disconnect");
    assertThat(primary.refusal(1)).isEqualTo(code);
    assertThat(primary.isClosed(1)).isTrue();
    assertThat(primary.told).isEmpty();
    primary.pass(60);
    assertThat(primary.opens()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("io.leasehold.failover.connection.Side#mandatory")
  void whatIsMissingIsRefused(int code) {
    Side primary = Side.primary();
    primary.opened(1);
    Options options = Side.TERMS.toOptions(Optional.empty()).toBuilder().remove(code).build();
    primary.says(1, Dhcp6MessageType.CONNECTREPLY, 2, options);
    assertDisconnected(primary, Dhcp6StatusCode.UNSPEC_FAIL);
  }

  @Test
  void replyWithAnotherIdIsRefused() {
    Side primary = Side.primary();
    primary.opened(1);
    primary.says(
        1, Dhcp6MessageType.CONNECTREPLY, 0x800002, Side.TERMS.toOptions(Optional.empty()));
    assertDisconnected(primary, Dhcp6StatusCode.UNSPEC_FAIL);
  }

  @Test
  void replyOfAnotherTimeIsRefused() {
    Side primary = Side.primary();
    primary.opened(1);
    FailoverMessage reply =
        primary.message(Dhcp6MessageType.CONNECTREPLY, 2, Side.TERMS.toOptions(Optional.empty()));
    primary.says(1, reply.sentAt(reply.sentTime().plus(6)));
    assertDisconnected(primary, Dhcp6StatusCode.EXCESSIVE_TIME_SKEW);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        Dhcp6MessageType.STATE,
        Dhcp6MessageType.UPDREQALL,
        Dhcp6MessageType.BNDUPD,
        Dhcp6MessageType.CONNECT
      })
  void nothingIsDoneBeforeConnectIsAnswered(int type) {
    Side primary = Side.primary();
    primary.opened(1);
    primary.says(1, type, 7, Side.normal());
    assertThat(primary.isClosed(1)).isTrue();
    assertThat(primary.words(1)).containsExactly("connect");
    assertThat(primary.told).isEmpty();
  }

  @Test
  void unknownMessageBeforeTheReplyIsSkipped() {
    Side primary = Side.primary();
    primary.opened(1);
    primary.says(1, new UnknownFrame(Bytes.ofHex("c8010203")));
    primary.accepts(1, Side.TERMS);
    assertThat(primary.told).containsExactly("up");
  }

  @Test
  void answerToStartTlsIsTheTransportsAndNotOurs() {
    Side primary = Side.primary();
    primary.opened(1);
    primary.says(
        1, new UpgradeFrame(new ClientServerMessage(Dhcp6MessageType.REPLY, 2, Options.EMPTY)));
    assertThat(primary.isClosed(1)).isTrue();
  }

  @Test
  void silenceAfterConnectEndsTheAttempt() {
    Side primary = Side.primary("keepalive.seconds = 3600");
    primary.opened(1);
    primary.pass(29.9);
    assertThat(primary.isClosed(1)).isFalse();
    primary.pass(0.1);
    assertThat(primary.isClosed(1)).isTrue();
    primary.pass(5);
    assertThat(primary.opens()).isEqualTo(2);
  }

  @Test
  void connectIsNotSaidInClearIfItMustBeProtected() {
    Side primary = Side.primary();
    primary.slot.onOpened(1, false, primary.now());
    primary.drain();
    assertThat(primary.sent(1)).isEmpty();
    assertThat(primary.isClosed(1)).isTrue();

    Side clear = Side.primary("partner = tcp://[2001:db8::2]", "insecure = true");
    clear.slot.onOpened(1, false, clear.now());
    clear.drain();
    assertThat(clear.words(1)).containsExactly("connect");
  }

  @Test
  void aNewerConnectionReplacesTheOlderWhenItIsAccepted() {
    Side primary = Side.primary().up();
    primary.opened(2);
    assertThat(primary.isClosed(1)).isFalse();
    primary.accepts(2, Side.TERMS);
    assertThat(primary.isClosed(1)).isTrue();
    assertThat(primary.told).containsExactly("up", "state NORMAL", "down", "up");
    assertThat(primary.opens()).isEqualTo(1);
  }

  @Test
  void stopEndsItAndNothingIsOpenedAnyMore() {
    Side primary = Side.primary().up();
    primary.slot.stop(
        new StatusCode(Dhcp6StatusCode.SERVER_SHUTTING_DOWN, "stopping"), primary.now());
    primary.drain();
    assertThat(primary.last(1).type()).isEqualTo(Dhcp6MessageType.DISCONNECT);
    assertThat(primary.refusal(1)).isEqualTo(Dhcp6StatusCode.SERVER_SHUTTING_DOWN);
    assertThat(primary.isClosed(1)).isTrue();
    primary.slot.onEnded(ConnectionSlot.NONE, "of an attempt before", primary.now());
    primary.pass(3600);
    assertThat(primary.opens()).isEqualTo(1);
    primary.opened(2);
    assertThat(primary.sent(2)).isEmpty();
    assertThat(primary.isClosed(2)).isTrue();
  }
}
