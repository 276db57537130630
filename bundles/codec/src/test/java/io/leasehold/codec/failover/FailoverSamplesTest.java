// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Prefix;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whole conversations octet by octet, with the length that a stream puts before each message. */
class FailoverSamplesTest {
  /** 2027-01-20 16:57:36 UTC. */
  private static final AbsoluteTime START = new AbsoluteTime(0x32e3a400L);

  private static final ConnectTerms TERMS =
      new ConnectTerms(ProtocolVersion.CURRENT, 3600, 60, 64, new ConnectFlags(true));

  @Test
  void startTlsAndItsAnswersHaveNoTime() {
    assertOctets(
        "0004 17000001",
        new UpgradeFrame(new ClientServerMessage(Dhcp6MessageType.STARTTLS, 1, Options.EMPTY)));
    assertOctets(
        "0004 07000001",
        new UpgradeFrame(new ClientServerMessage(Dhcp6MessageType.REPLY, 1, Options.EMPTY)));
    assertOctets(
        "000a 07000001 000d0002000f",
        new UpgradeFrame(
            new ClientServerMessage(
                Dhcp6MessageType.REPLY, 1, status(Dhcp6StatusCode.TLS_CONNECTION_REFUSED))));
  }

  @Test
  void connectHasItsSixOptions() {
    FailoverMessage connect =
        message(Dhcp6MessageType.CONNECT, 2, 0, TERMS.toOptions(Optional.of("pair1")));

    assertOctets(
        "0037 1f000002 32e3a400"
            + "007f0004 00010000" // F_PROTOCOL_VERSION 1.0
            + "007a0004 00000e10" // F_MCLT 3600
            + "00800004 0000003c" // F_KEEPALIVE_TIME 60
            + "00790004 00000040" // F_MAX_UNACKED_BNDUPD 64
            + "00820005 7061697231" // F_RELATIONSHIP_NAME pair1
            + "00730002 0001", // F_CONNECT_FLAGS
        connect);
    assertThat(ConnectTerms.read(connect.options())).isEqualTo(TERMS);
    assertThat(connect.options().first(FailoverOptions.RELATIONSHIP_NAME)).contains("pair1");
  }

  @Test
  void connectReplyAcceptsOrSaysWhyNot() {
    assertOctets(
        "002e 20000002 32e3a401"
            + "007f0004 00010000"
            + "007a0004 00000e10"
            + "00800004 0000003c"
            + "00790004 00000040"
            + "00730002 0001",
        message(Dhcp6MessageType.CONNECTREPLY, 2, 1, TERMS.toOptions(Optional.empty())));
    assertOctets(
        "000e 20000002 32e3a401 000d00020016",
        message(Dhcp6MessageType.CONNECTREPLY, 2, 1, status(Dhcp6StatusCode.EXCESSIVE_TIME_SKEW)));
  }

  @Test
  void stateOfPartnerDownSaysSinceWhen() {
    AbsoluteTime since = START.plus(-100);
    StateReport report =
        new StateReport(
            ServerState.PARTNER_DOWN,
            new ServerFlags(true, false, false),
            since,
            Optional.of(since));
    FailoverMessage state = message(Dhcp6MessageType.STATE, 3, 0, report.toOptions());

    assertOctets(
        "0022 22000003 32e3a400"
            + "00840001 04" // F_SERVER_STATE PARTNER-DOWN
            + "00830001 01" // F_SERVER_FLAGS C
            + "00850004 32e3a39c" // F_START_TIME_OF_STATE
            + "007d0004 32e3a39c", // F_PARTNER_DOWN_TIME
        state);
    assertThat(StateReport.read(state.options())).contains(report);
  }

  @Test
  void contactIsAHeader() {
    assertOctets("0008 23000004 32e3a410", message(Dhcp6MessageType.CONTACT, 4, 16, Options.EMPTY));
  }

  @Test
  void bindingUpdateOfAClientAndItsAnswer() {
    ClientBinding update = update();

    assertOctets(
        "0073 18000005 32e3a402"
            + "002d0067" // CLIENT_DATA
            + "0001000a 00030001020000000001" // CLIENTID
            + "00640004 32e3a402" // LQ_BASE_TIME
            + "0003004d 00000001 00000708 00000b40" // IA_NA 1, T1 1800, T2 2880
            + "0005003d 20010db8000100000000000000001001 00000e10 00000e10" // IAADDR
            + "00720001 01" // F_BINDING_STATUS ACTIVE
            + "00850004 32e3a400" // F_START_TIME_OF_STATE
            + "00860004 32e3b210" // F_STATE_EXPIRATION_TIME
            + "002e0004 00000002" // CLT_TIME
            + "007b0004 32e79f88", // F_PARTNER_LIFETIME
        message(Dhcp6MessageType.BNDUPD, 5, 2, update.toOptions()));
    assertThat(BindingContainer.read(update.toOptions())).contains(update);

    BoundAssociation asked = update.associations().get(0);
    BoundAssociation answered =
        new BoundAssociation(
            asked.kind(),
            asked.iaid(),
            asked.t1Seconds(),
            asked.t2Seconds(),
            Optional.empty(),
            asked.leases().stream().map(lease -> lease.answer(Optional.empty())).toList());
    assertOctets(
        "005b 19000005 32e3a402"
            + "002d004f" // CLIENT_DATA
            + "0001000a 00030001020000000001" // CLIENTID
            + "0003003d 00000001 00000708 00000b40" // IA_NA
            + "0005002d 20010db8000100000000000000001001 00000e10 00000e10" // IAADDR
            + "00720001 01" // F_BINDING_STATUS
            + "00860004 32e3b210" // F_STATE_EXPIRATION_TIME
            + "007c0004 32e79f88", // F_PARTNER_LIFETIME_SENT
        message(
            Dhcp6MessageType.BNDREPLY,
            5,
            2,
            update.answer(Optional.empty(), List.of(answered)).toOptions()));
  }

  private static ClientBinding update() {
    BoundLease lease =
        new BoundLease(
            Prefix.ofText("2001:db8:1::1001/128"),
            3600,
            3600,
            BindingFacts.builder()
                .status(BindingStatus.ACTIVE, START)
                .statusUntil(START.plus(3600))
                .clientHeard(START)
                .partnerLifetime(START.plus(1800 + 259200))
                .build());
    return ClientBinding.update(
        new Duid(Bytes.ofHex("00030001020000000001")),
        START.plus(2),
        List.of(
            new BoundAssociation(
                BoundAssociation.Kind.ADDRESSES, 1, 1800, 2880, Optional.empty(), List.of(lease))));
  }

  @Test
  void bindingUpdateOfAPrefixThatNobodyHas() {
    PrefixBinding prefix =
        new PrefixBinding(
            Optional.of(START.plus(3)),
            Optional.empty(),
            new BoundLease(
                Prefix.ofText("2001:db8:100::/56"),
                0,
                0,
                BindingFacts.builder().status(BindingStatus.FREE_BACKUP, START.plus(3)).build()));

    assertOctets(
        "003a 18000006 32e3a403"
            + "001a002e 00000000 00000000 38 20010db8010000000000000000000000" // IAPREFIX
            + "00640004 32e3a403" // LQ_BASE_TIME
            + "00720001 06" // F_BINDING_STATUS FREE-BACKUP
            + "00850004 32e3a403", // F_START_TIME_OF_STATE
        message(Dhcp6MessageType.BNDUPD, 6, 3, prefix.toOptions()));
    assertThat(BindingContainer.read(prefix.toOptions())).contains(prefix);
  }

  private static FailoverMessage message(int type, int id, int secondsLater, Options options) {
    return new FailoverMessage(type, id, START.plus(secondsLater), options);
  }

  private static Options status(int code) {
    return Options.builder().add(Dhcp6Options.STATUS_CODE, new StatusCode(code, "")).build();
  }

  /** The frame is written so, and what is written so is that frame. */
  private static void assertOctets(String hex, FailoverFrame frame) {
    Bytes expected = Bytes.ofHex(hex.replace(" ", ""));
    Bytes written = frame.encode();

    assertThat(new ByteWriter(2 + written.length()).u16(written.length()).bytes(written).toBytes())
        .isEqualTo(expected);
    assertThat(FailoverFrame.decode(expected.slice(2, expected.length()))).isEqualTo(frame);
  }
}
