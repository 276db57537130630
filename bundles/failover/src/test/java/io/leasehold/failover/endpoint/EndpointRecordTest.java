// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.ServerFlags;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.net.Bytes;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EndpointRecordTest {
  private static final EndpointRecord RECORD =
      new EndpointRecord(
          new EndpointRecord.Own(
              ServerState.PARTNER_DOWN,
              Optional.of(ServerState.COMMUNICATIONS_INTERRUPTED),
              1_800_000_001L),
          new EndpointRecord.Partner(
              Optional.of(ServerState.RECOVER_WAIT),
              new ServerFlags(true, false, true),
              1_800_000_002L,
              1_800_000_003L,
              1_800_000_004L),
          new EndpointRecord.Past(true, false, true, true, 1_800_000_005L, 1_800_000_006L, 0),
          3600,
          7200,
          EndpointRecord.Dhcp4.APART);

  /** Octets of the same note of a release that did not share leases of DHCPv4. */
  private static final int OF_BEFORE_DHCP4 = 78;

  @Test
  void noteOfAnEarlierReleaseIsRead() {
    assertThat(EndpointRecord.decode(RECORD.encode().slice(0, OF_BEFORE_DHCP4)))
        .contains(RECORD.with(EndpointRecord.Dhcp4.UNKNOWN));
  }

  @Test
  void whatIsWrittenIsRead() {
    assertThat(EndpointRecord.decode(RECORD.encode())).contains(RECORD);
    EndpointRecord fresh = EndpointRecord.fresh(1_800_000_000L, 60, false);
    assertThat(EndpointRecord.decode(fresh.encode())).contains(fresh);
  }

  @Test
  void octetsOfTheNoteStayTheSame() {
    assertThat(RECORD.encode().toHex())
        .isEqualTo(
            "01" // version
                + "0001000a" // own: state, former state, since
                + "0403"
                + "000000006b49d201"
                + "0002001a" // partner: state, flags, since, in PARTNER-DOWN since, heard
                + "0705"
                + "000000006b49d202"
                + "000000006b49d203"
                + "000000006b49d204"
                + "00030011" // past: flags, last time of operation, quiet since
                + "0d"
                + "000000006b49d205"
                + "000000006b49d206"
                + "00040008" // MCLT, the largest of it
                + "00000e10"
                + "00001c20"
                + "00050001" // leases of DHCPv4
                + "02");
  }

  @Test
  void doubtOfClocksIsOneItemMore() {
    EndpointRecord doubted = RECORD.with(RECORD.past().doubted(1_800_000_007L));

    assertThat(doubted.encode().toHex())
        .isEqualTo(RECORD.encode().toHex() + "00060008" + "000000006b49d207");
    assertThat(EndpointRecord.decode(doubted.encode())).contains(doubted);
    EndpointRecord standing = RECORD.with(RECORD.past().doubted(ClockDoubt.STANDING));
    assertThat(EndpointRecord.decode(standing.encode())).contains(standing);
  }

  @Test
  void itemsOfALaterReleaseArePassedOver() {
    Bytes longer = Bytes.ofHex(RECORD.encode().toHex() + "7fff0003aabbcc");
    assertThat(EndpointRecord.decode(longer)).contains(RECORD);
  }

  @Test
  void whatCannotBeReadIsNone() {
    String hex = RECORD.encode().toHex();
    assertThat(EndpointRecord.decode(Bytes.EMPTY)).isEmpty();
    assertThat(EndpointRecord.decode(Bytes.ofHex("02" + hex.substring(2)))).isEmpty();
    for (int octets = 0; octets < hex.length() / 2; octets++) {
      Bytes cut = Bytes.ofHex(hex.substring(0, 2 * octets));
      if (octets != OF_BEFORE_DHCP4) {
        assertThat(EndpointRecord.decode(cut)).as("%s octets", octets).isEmpty();
      }
    }
    String unknownState = hex.replace("0001000a0403", "0001000a6303");
    assertThat(EndpointRecord.decode(Bytes.ofHex(unknownState))).isEmpty();
    String startup = hex.replace("0001000a0403", "0001000a0103");
    assertThat(EndpointRecord.decode(Bytes.ofHex(startup))).isEmpty();
  }

  @Test
  void damagedNotesAreReadOrRefused() {
    Random random = new Random(8156);
    byte[] octets = RECORD.encode().toArray();
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = octets.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      EndpointRecord.decode(Bytes.wrap(damaged))
          .ifPresent(read -> assertThat(read.own().state()).isNotEqualTo(ServerState.STARTUP));
    }
  }

  @Test
  void largestMcltIsSinceNormal() {
    EndpointRecord record = EndpointRecord.fresh(0, 3600, false).lead(1800).lead(2400);
    assertThat(record.mcltSeconds()).isEqualTo(2400);
    assertThat(record.largestMcltSeconds()).isEqualTo(3600);
    assertThat(record.entered(ServerState.RECOVER_WAIT, 5).largestMcltSeconds()).isEqualTo(3600);
    assertThat(record.entered(ServerState.NORMAL, 5).largestMcltSeconds()).isEqualTo(2400);
  }

  @Test
  void historyIsKept() {
    EndpointRecord record = EndpointRecord.fresh(0, 3600, false);
    assertThat(record.past().hasServed()).isFalse();
    record = record.entered(ServerState.PARTNER_DOWN, 1);
    assertThat(record.past().hasServed()).isTrue();
    assertThat(record.past().hasCommunicated()).isFalse();
    record = record.entered(ServerState.NORMAL, 2).entered(ServerState.RECOVER, 3);
    assertThat(record.past().hasCommunicated()).isTrue();
    assertThat(record.own().former()).contains(ServerState.NORMAL);
  }
}
