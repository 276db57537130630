// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

import static io.leasehold.failover.pool.PoolSamples.ALICE;
import static io.leasehold.failover.pool.PoolSamples.EVEN;
import static io.leasehold.failover.pool.PoolSamples.ODD;
import static io.leasehold.failover.pool.PoolSamples.PREFIX;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.net.Ipv6;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressHalvesTest {
  @Test
  void oddAddressesAreThePrimarysAndEvenOnesTheSecondarys() {
    assertThat(AddressHalves.has(Role.PRIMARY, ODD)).isTrue();
    assertThat(AddressHalves.has(Role.PRIMARY, EVEN)).isFalse();
    assertThat(AddressHalves.has(Role.SECONDARY, ODD)).isFalse();
    assertThat(AddressHalves.has(Role.SECONDARY, EVEN)).isTrue();
  }

  @Test
  void prefixesAndIpv4AddressesAreNotHalved() {
    LeaseKey ipv4 = new LeaseKey(0, LeaseKind.IPV4, Ipv6.ofText("::ffff:192.0.2.1"), 128);
    for (Role role : Role.values()) {
      assertThat(AddressHalves.has(role, PREFIX)).isTrue();
      assertThat(AddressHalves.has(role, ipv4)).isTrue();
    }
  }

  @Property
  void everyAddressIsInOneHalf(@ForAll long high, @ForAll long low) {
    LeaseKey key = LeaseKey.address(new Ipv6(high, low));
    assertThat(AddressHalves.has(Role.PRIMARY, key))
        .isNotEqualTo(AddressHalves.has(Role.SECONDARY, key));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2001:db8::",
        "2001:db8::200:5eff:fe00:5213",
        "2001:db8::200:5eff:feff:ffff",
        "2001:db8::fdff:ffff:ffff:ff80",
        "2001:db8::fdff:ffff:ffff:ffff"
      })
  void reservedIdentifiersAreNobodys(String address) {
    LeaseKey key = LeaseKey.address(Ipv6.ofText(address));
    for (Role role : Role.values()) {
      RelationshipView view = PoolSamples.view(role, ServerState.COMMUNICATIONS_INTERRUPTED);
      assertThat(view.mayGive(key, Optional.empty(), ALICE, 1)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2001:db8::2",
        "2001:db8::200:5eff:fdff:fffe",
        "2001:db8::200:5eff:ff00:0",
        "2001:db8::fdff:ffff:ffff:ff7e",
        "2001:db8::fe00:0:0:0"
      })
  void theirNeighboursAreGiven(String address) {
    RelationshipView view =
        PoolSamples.view(Role.SECONDARY, ServerState.COMMUNICATIONS_INTERRUPTED);
    LeaseKey key = LeaseKey.address(Ipv6.ofText(address));
    assertThat(view.mayGive(key, Optional.empty(), ALICE, 1)).isTrue();
  }
}
