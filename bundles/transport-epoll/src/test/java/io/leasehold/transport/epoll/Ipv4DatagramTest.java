// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class Ipv4DatagramTest {
  private static final Ipv4Datagram.End SERVER = new Ipv4Datagram.End(Ipv6.ofText("192.0.2.1"), 67);
  private static final Ipv4Datagram.End CLIENT =
      new Ipv4Datagram.End(Ipv6.ofText("192.0.2.77"), 68);

  @Test
  void headersAreThoseOfTheStandards() {
    Bytes packet = Bytes.wrap(Ipv4Datagram.encode(Bytes.of(1, 2, 3), SERVER, CLIENT));

    assertThat(packet)
        .isEqualTo(
            Bytes.ofHex(
                "4500001f" // version 4, 5 words; no service; 31 octets (RFC 791 section 3.1)
                    + "00004000" // identification 0, do not fragment (RFC 6864)
                    + "4011b67f" // 64 hops, UDP, checksum
                    + "c0000201"
                    + "c000024d"
                    + "00430044" // from 67 to 68 (RFC 768)
                    + "000b7700" // 11 octets, checksum
                    + "010203"));
  }

  /** RFC 1071: with its checksum in it, what is summed up is all ones. */
  @Property(tries = 300)
  void checksumsAreRight(
      @ForAll @Size(min = 1, max = 600) byte[] message,
      @ForAll int from,
      @ForAll int to,
      @ForAll short port) {
    Bytes packet =
        Bytes.wrap(
            Ipv4Datagram.encode(
                Bytes.copyOf(message),
                new Ipv4Datagram.End(Ipv6.mapped(new Ipv4(from)), port & 0xffff),
                new Ipv4Datagram.End(Ipv6.mapped(new Ipv4(to)), 68)));

    assertThat(sum(packet.slice(0, 20))).isEqualTo(0xffff);
    int pseudoHeader = 17 + packet.length() - 20;
    assertThat(folded(sum(packet.slice(12, packet.length())) + pseudoHeader)).isEqualTo(0xffff);
    assertThat(packet.u16(26)).isNotZero();
  }

  /** This message makes the sum come out as all ones, whose complement would mean "none". */
  @Test
  void aChecksumOfZeroIsSentAsAllOnes() {
    Bytes probe = Bytes.wrap(Ipv4Datagram.encode(Bytes.of(0, 0), SERVER, CLIENT));
    int missing = probe.u16(26);

    Bytes packet =
        Bytes.wrap(Ipv4Datagram.encode(Bytes.of(missing >> 8, missing & 0xff), SERVER, CLIENT));

    assertThat(packet.u16(26)).isEqualTo(0xffff);
  }

  private static int sum(Bytes octets) {
    long sum = 0;
    for (int i = 0; i < octets.length(); i++) {
      sum += (long) octets.at(i) << (i % 2 == 0 ? 8 : 0);
    }
    return folded(sum);
  }

  private static int folded(long sum) {
    long folded = sum;
    while (folded > 0xffff) {
      folded = (folded >> 16) + (folded & 0xffff);
    }
    return (int) folded;
  }
}
