// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Ipv6;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeaseFormatTest {
  private static final Lease SAMPLE =
      new Lease(
          LeaseKey.address(Ipv6.ofText("2001:db8::1:2")),
          300,
          ClientIdentity.of(new Duid(Bytes.ofHex("00030001aabbccddeeff"))),
          0xfeed_beefL,
          LeaseState.ACTIVE,
          new LeaseTimes(1_767_225_600L, 1_767_225_599L, 1_767_226_600L, LeaseTimes.NEVER),
          new LeaseDetails(
              List.of(
                  new LeaseDetails.Item(LeaseDetails.HOSTNAME, Bytes.ofUtf8("pc")),
                  new LeaseDetails.Item(50_000, Bytes.of(7)))));

  @Test
  void theFormNeverChanges() {
    assertThat(LeaseFormat.encode(SAMPLE).toHex())
        .isEqualTo(
            String.join(
                "",
                "00000000", // realm
                "01", // IA_NA
                "20010db8000000000000000000010002", // address
                "80", // prefix length
                "01", // version
                "01", // active
                "01", // DUID
                "0a00030001aabbccddeeff", // client
                "feedbeef", // IAID
                "ac02", // subnet 300
                "80e4ad950d", // stateSince
                "01", // lastTransaction: 1 s before
                "d00f", // preferredUntil: 1000 s after
                "fe9bd2eaf2ffffffff01", // expires: never
                "02027063", // host name
                "d0860301" + "07")); // a tag of a later release
  }

  @Test
  void everyFieldComesBack() {
    assertThat(LeaseFormat.decode(LeaseFormat.encode(SAMPLE))).isEqualTo(SAMPLE);
  }

  @Test
  void extremeTimesComeBack() {
    LeaseTimes times = new LeaseTimes(Long.MIN_VALUE, -1, Long.MAX_VALUE, 0);
    Lease lease = SAMPLE.with(LeaseState.RESET, times);
    assertThat(LeaseFormat.decode(LeaseFormat.encode(lease))).isEqualTo(lease);
    assertThat(LeaseFormat.encode(lease).length())
        .isLessThanOrEqualTo(LeaseFormat.maxOctets(lease));
  }

  @Test
  void everyCutIsRefusedWithItsOffset() {
    byte[] whole = LeaseFormat.encode(SAMPLE).toArray();
    int beforeDetails = whole.length - 4 - 5;
    for (int length = 0; length < whole.length; length++) {
      if (length == beforeDetails || length == beforeDetails + 4) {
        continue; // details end anywhere between two items
      }
      ByteBuffer cut = ByteBuffer.wrap(whole, 0, length);
      int atMost = length;
      assertThatThrownBy(() -> LeaseFormat.decode(cut))
          .isInstanceOfSatisfying(
              LeaseFormatException.class, e -> assertThat(e.offset()).isBetween(0, atMost));
    }
  }

  @Test
  void aNewerVersionIsRefused() {
    byte[] newer = LeaseFormat.encode(SAMPLE).toArray();
    newer[LeaseFormat.KEY_OCTETS] = 2;
    assertThatThrownBy(() -> LeaseFormat.decode(Bytes.wrap(newer)))
        .isInstanceOf(LeaseFormatException.class)
        .hasMessageContaining("version 2");
  }

  @Test
  void randomOctetsNeverCauseAnythingElse() {
    Random random = new Random(1);
    byte[] whole = LeaseFormat.encode(SAMPLE).toArray();
    for (int i = 0; i < 100_000; i++) {
      byte[] changed = whole.clone();
      for (int n = random.nextInt(3); n >= 0; n--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      try {
        LeaseFormat.decode(ByteBuffer.wrap(changed));
      } catch (LeaseFormatException e) {
        assertThat(e.offset()).isBetween(0, changed.length);
      }
    }
  }

  @Test
  void keysSortAsTheirOctetsDo() {
    Random random = new Random(2);
    List<LeaseKey> keys = new ArrayList<>();
    for (LeaseKind kind : LeaseKind.values()) {
      for (int i = 0; i < 50; i++) {
        Ipv6 address = new Ipv6(random.nextLong(), random.nextLong());
        keys.add(new LeaseKey(random.nextInt(3), kind, address, random.nextInt(129)));
        keys.add(new LeaseKey(random.nextInt(3), kind, address, random.nextInt(129)));
      }
    }
    Collections.sort(keys);
    Bytes before = Bytes.EMPTY;
    for (LeaseKey key : keys) {
      ByteBuffer octets = ByteBuffer.allocate(LeaseFormat.KEY_OCTETS);
      LeaseFormat.encodeKey(key, octets);
      Bytes encoded = Bytes.copyOf(octets.flip());
      assertThat(encoded).isGreaterThanOrEqualTo(before);
      assertThat(LeaseFormat.decodeKey(octets.rewind())).isEqualTo(key);
      before = encoded;
    }
  }
}
