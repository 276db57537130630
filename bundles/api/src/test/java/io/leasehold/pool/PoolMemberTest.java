// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Ipv6;
import org.junit.jupiter.api.Test;

final class PoolMemberTest {
  private static PoolMember member(long id, long rank, String address, UserTransport transport) {
    return new PoolMember(id, 1, 1, rank, Ipv6.ofText(address), 547, transport, 0);
  }

  @Test
  void itsPlaceInThePoolIsNoPartOfHowItIsReached() {
    PoolMember member = member(7, 200, "2001:db8::1", UserTransport.UDP);
    assertThat(member.isReachedAs(member(7, 100, "2001:db8::1", UserTransport.UDP))).isTrue();
    assertThat(member.isReachedAs(member(8, 200, "2001:db8::1", UserTransport.UDP))).isFalse();
    assertThat(member.isReachedAs(member(7, 200, "2001:db8::2", UserTransport.UDP))).isFalse();
    assertThat(member.isReachedAs(member(7, 200, "2001:db8::1", UserTransport.TCP))).isFalse();
  }

  @Test
  void itIsShownInOneLine() {
    assertThat(member(0xaaaa0001L, 0, "2001:db8::1", UserTransport.TCP))
        .hasToString("aaaa0001 tcp [2001:db8::1]:547");
    assertThat(member(7, 0, "192.0.2.1", UserTransport.UDP))
        .hasToString("00000007 udp 192.0.2.1:547");
  }

  @Test
  void numbersThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> member(1L << 32, 0, "2001:db8::1", UserTransport.UDP))
        .hasMessageContaining("id 4294967296");
    assertThatThrownBy(() -> member(1, -1, "2001:db8::1", UserTransport.UDP))
        .hasMessageContaining("rank -1");
  }
}
