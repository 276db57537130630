// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.ClientIdentity.Type;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Family;
import io.leasehold.net.HardwareAddress;
import io.leasehold.net.Ipv6;
import org.junit.jupiter.api.Test;

/** What names the client of a lease, in both families. */
class ClientNamesTest {
  private static final Duid DUID = Duid.ofText("000100010203");

  private static ClientIdentity identity(Type type, String hex) {
    return new ClientIdentity(type, Bytes.ofHex(hex));
  }

  private static Lease lease(ClientIdentity client, LeaseDetails details) {
    return new Lease(
        LeaseKey.address(Family.IPV4, Ipv6.ofText("10.0.0.5")),
        1,
        client,
        0,
        LeaseState.ACTIVE,
        new LeaseTimes(1, 1, 1, 1),
        details);
  }

  @Test
  void duidIsTheWholeIdentifierOrFollowsTypeAndIaid() {
    assertThat(ClientIdentity.of(DUID).duid()).contains(DUID);
    assertThat(identity(Type.CLIENT_ID, "ff00000001" + "000100010203").duid()).contains(DUID);
  }

  @Test
  void otherIdentifiersHoldNoDuid() {
    assertThat(identity(Type.CLIENT_ID, "0100000001000100010203").duid()).isEmpty();
    assertThat(identity(Type.CLIENT_ID, "ff00000001").duid()).isEmpty();
    assertThat(identity(Type.CLIENT_ID, "ff00000001" + "00".repeat(131)).duid()).isEmpty();
    assertThat(identity(Type.HARDWARE, "ff00000001000100010203").duid()).isEmpty();
    assertThat(ClientIdentity.NONE.duid()).isEmpty();
  }

  @Test
  void hardwareAddressIsTheOneKeptOrTheIdentity() {
    LeaseDetails kept =
        LeaseDetails.NONE.with(LeaseDetails.HARDWARE_ADDRESS, Bytes.ofHex("0006aabb"));
    ClientIdentity hardware = identity(Type.HARDWARE, "01020000000001");

    assertThat(lease(ClientIdentity.of(DUID), kept).hardwareAddress())
        .contains(new HardwareAddress(6, Bytes.ofHex("aabb")));
    assertThat(lease(hardware, LeaseDetails.NONE).hardwareAddress())
        .contains(HardwareAddress.ofText("02:00:00:00:00:01"));
    assertThat(lease(identity(Type.CLIENT_ID, "0102"), LeaseDetails.NONE).hardwareAddress())
        .isEmpty();
    assertThat(lease(identity(Type.HARDWARE, "01"), LeaseDetails.NONE).hardwareAddress()).isEmpty();
  }

  @Test
  void clientIsNamedByIdentifierDuidAndHardwareAddress() {
    Lease lease =
        lease(
            identity(Type.CLIENT_ID, "ff00000001" + "000100010203"),
            LeaseDetails.NONE.with(LeaseDetails.HARDWARE_ADDRESS, Bytes.ofHex("0001aabb")));

    assertThat(lease.isOf(Bytes.ofHex("ff00000001000100010203"))).isTrue();
    assertThat(lease.isOf(DUID.value())).isTrue();
    assertThat(lease.isOf(Bytes.ofHex("aabb"))).isTrue();
    assertThat(lease.isOf(Bytes.ofHex("0001aabb"))).isFalse();
    assertThat(lease.isOf(Bytes.EMPTY)).isFalse();
  }
}
