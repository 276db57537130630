// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import static io.leasehold.shell.CommandRun.json;
import static io.leasehold.shell.CommandRun.print;
import static io.leasehold.shell.CommandRun.show;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.ClientIdentity.Type;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.server.LeaseQuery;
import io.leasehold.server.SubnetUse;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands on a server of both families, whose subnets 1 have nothing to do with each other. */
class DualStackTest {
  private static final String DUID = "00:04:aa:bb:cc:dd";
  private static final String MAC = "02:00:00:00:00:01";

  /** A DHCPv4 identifier with IAID 7 and the DUID (RFC 4361). */
  private static final String CLIENT_ID = "ff:00:00:00:07:" + DUID;

  private final FakeServer server = new FakeServer();

  @BeforeEach
  void fill() {
    server.subnets =
        List.of(
            subnet(Family.IPV6, 1, "2001:db8:1::/64"),
            subnet(Family.IPV6, 2, "2001:db8:2::/64"),
            subnet(Family.IPV4, 1, "10.0.0.0/24"));
    add("2001:db8:1::5", Type.DUID, DUID, MAC);
    add("10.0.0.5", Type.CLIENT_ID, CLIENT_ID, MAC);
    add("10.0.0.6", Type.HARDWARE, "01:02:00:00:00:00:02", "02:00:00:00:00:02");
  }

  private static SubnetUse subnet(Family family, long id, String prefix) {
    return new SubnetUse(family, id, prefix, "", BigInteger.TEN, 0, 0, BigInteger.ZERO, 0);
  }

  private void add(String text, Type type, String client, String mac) {
    Ipv6 address = Ipv6.ofText(text);
    LeaseKey key = LeaseKey.address(address.isMapped() ? Family.IPV4 : Family.IPV6, address);
    server.leases.put(
        key,
        new Lease(
            key,
            1,
            new ClientIdentity(type, Bytes.ofHex(client)),
            type == Type.DUID ? 9 : 0,
            LeaseState.ACTIVE,
            new LeaseTimes(50, 60, 70, 1_767_225_600),
            LeaseDetails.NONE.with(LeaseDetails.HARDWARE_ADDRESS, Bytes.ofHex("00:01:" + mac))));
  }

  private List<String> listed(LeaseListCommand command) throws CommandFailure {
    return Stream.of(print(json(command), server).split("\n"))
        .filter(line -> line.startsWith("{"))
        .map(line -> line.split("\"")[3])
        .toList();
  }

  @Test
  void tableShowsDhcp4ClientsByIdentifierAndHardwareAddress() throws CommandFailure {
    List<String[]> rows =
        print(new LeaseListCommand(), server)
            .lines()
            .skip(2)
            .map(line -> line.strip().split("\\s*\\|\\s*"))
            .toList();

    assertThat(rows.get(0)).contains("2001:db8:1::5", "na", DUID, MAC, "9");
    assertThat(rows.get(1))
        .containsExactly(
            "10.0.0.5", "v4", "active", "1", CLIENT_ID, MAC, "-", "2026-01-01 00:00:00Z");
    assertThat(rows.get(2))
        .startsWith("10.0.0.6", "v4")
        .containsSubsequence("-", "02:00:00:00:00:02");
  }

  @Test
  void documentOfADhcp4LeaseHasWhatDhcp4Has() throws CommandFailure {
    assertThat(print(json(show("10.0.0.5")), server))
        .isEqualTo(
            "[{\"lease\":\"10.0.0.5\",\"family\":\"v4\",\"kind\":\"v4\",\"address\":\"10.0.0.5\","
                + "\"prefix-length\":32,\"subnet-id\":1,\"state\":\"active\",\"client\":\""
                + CLIENT_ID
                + "\",\"client-type\":\"client-id\",\"state-since\":50,\"last-transaction\":60,"
                + "\"expires\":1767225600,\"hardware-address\":\""
                + MAC
                + "\"}]\n");
    assertThat(print(show("::ffff:10.0.0.6"), server))
        .contains("lease             10.0.0.6\n", "client-type       hardware\n");
  }

  @Test
  void aClientIsShownWithItsLeasesOfBothFamilies() throws CommandFailure {
    for (String name : List.of(DUID, MAC, "02-00-00-00-00-01", "0200.0000.0001")) {
      assertThat(print(show(name), server))
          .as(name)
          .contains("2001:db8:1::5", "10.0.0.5")
          .doesNotContain("10.0.0.6");
    }
    assertThat(print(show(CLIENT_ID), server)).contains("10.0.0.5").doesNotContain("2001");
    LeaseShowCommand v4 = show(MAC);
    v4.family = "v4";
    assertThat(print(v4, server)).contains("10.0.0.5").doesNotContain("2001");
  }

  @Test
  void familyMayFollowTheArgument() throws CommandFailure {
    LeaseShowCommand command = show(MAC);
    command.words = List.of(MAC, "--family", "v6", "--json");
    assertThat(print(command, server)).startsWith("[{").contains("2001").doesNotContain("10.0.0");

    command.words = List.of(MAC, "--family");
    assertThatThrownBy(() -> print(command, server)).hasMessageContaining("--family");
    command.words = List.of(MAC, "--famly", "v6");
    assertThatThrownBy(() -> print(command, server)).hasMessageContaining("--famly");
  }

  @Test
  void prefixOfAddressesIsNoLease() {
    assertThatThrownBy(() -> print(show("10.0.0.0/24"), server))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("dhcp:lease-list --within 10.0.0.0/24");
    assertThatThrownBy(() -> print(show("10.0.0.9"), server))
        .hasMessage("there is no lease of 10.0.0.9");
  }

  @Test
  void familyAndPrefixChoose() throws CommandFailure {
    LeaseListCommand v4 = new LeaseListCommand();
    v4.family = "v4";
    assertThat(listed(v4)).containsExactly("10.0.0.5", "10.0.0.6");

    LeaseListCommand v6 = new LeaseListCommand();
    v6.within = "::/0";
    assertThat(listed(v6)).containsExactly("2001:db8:1::5");

    LeaseListCommand within = new LeaseListCommand();
    within.within = "10.0.0.6/31";
    assertThat(listed(within)).containsExactly("10.0.0.6");

    within.family = "ip4";
    assertThatThrownBy(() -> print(within, server)).hasMessageContaining("families are v6 and v4");
  }

  @Test
  void subnetIdOfBothFamiliesHasToBeMadeClear() throws CommandFailure {
    LeaseListCommand command = new LeaseListCommand();
    command.subnet = "1";
    assertThatThrownBy(() -> print(command, server))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "subnet 1 may be 2001:db8:1::/64 or 10.0.0.0/24; name it by its prefix, or add"
                + " --family");

    command.family = "v4";
    assertThat(listed(command)).containsExactly("10.0.0.5", "10.0.0.6");
    command.family = null;
    command.subnet = "2001:db8:1::/64";
    assertThat(listed(command)).containsExactly("2001:db8:1::5");
    command.subnet = "10.0.0.0/24";
    assertThat(listed(command)).containsExactly("10.0.0.5", "10.0.0.6");

    command.subnet = "10.0.0.0/25";
    assertThatThrownBy(() -> print(command, server))
        .hasMessageStartingWith("the plan has no subnet 10.0.0.0/25");
    command.subnet = "campus";
    assertThatThrownBy(() -> print(command, server)).hasMessageContaining("id or its prefix");
  }

  @Test
  void wipeMeansOneFamilyOnly() throws CommandFailure {
    assertThat(print(wipe("10.0.0.0/24", null), server)).isEqualTo("Forgot 2 leases.\n");
    assertThat(print(wipe("1", "v6"), server)).isEqualTo("Forgot 1 lease.\n");
    assertThat(print(wipe("2", null), server)).isEqualTo("Forgot 0 leases.\n");
    assertThat(print(wipe(null, "v4"), server)).isEqualTo("Forgot 2 leases.\n");
    assertThat(server.wiped)
        .containsExactly(
            LeaseQuery.ALL.ofFamily(Family.IPV4).ofSubnet(1),
            LeaseQuery.ALL.ofFamily(Family.IPV6).ofSubnet(1),
            LeaseQuery.ALL.ofFamily(Family.IPV6).ofSubnet(2),
            LeaseQuery.ALL.ofFamily(Family.IPV4));
  }

  @Test
  void wipeOfASubnetThatIsGoneNeedsAFamily() throws CommandFailure {
    assertThatThrownBy(() -> print(wipe("99", null), server))
        .hasMessageContaining("no subnet 99")
        .hasMessageContaining("--family");
    assertThatThrownBy(() -> print(wipe("1", null), server)).hasMessageContaining("may be");
    assertThat(server.wiped).isEmpty();

    assertThat(print(wipe("99", "v4"), server)).isEqualTo("Forgot 0 leases.\n");
  }

  @Test
  void wipeThatIsNotMeantSaysWhatItWouldForget() {
    LeaseWipeCommand careless = wipe("10.0.0.0/24", null);
    careless.yes = false;

    assertThatThrownBy(() -> print(careless, server))
        .hasMessageContaining("every lease of subnet 1 of DHCPv4");
  }

  private static LeaseWipeCommand wipe(String subnet, String family) {
    LeaseWipeCommand command = new LeaseWipeCommand();
    command.subnet = subnet;
    command.all = subnet == null;
    command.family = family;
    command.yes = true;
    return command;
  }

  @Test
  void releaseMeansTheLeaseOfItsFamilyAlone() throws CommandFailure {
    LeaseReleaseCommand command = new LeaseReleaseCommand();
    command.words = List.of("10.0.0.5");

    assertThat(print(command, server)).isEqualTo("Released 1 lease.\n");
    assertThat(server.released.get(0).family()).contains(Family.IPV4);

    command.words = List.of(MAC);
    assertThat(print(command, server)).isEqualTo("Released 2 leases.\n");
  }
}
