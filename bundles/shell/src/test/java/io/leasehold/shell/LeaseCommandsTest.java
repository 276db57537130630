// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import static io.leasehold.shell.CommandRun.json;
import static io.leasehold.shell.CommandRun.print;
import static io.leasehold.shell.CommandRun.show;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.lease.StoreUnavailableException;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.LeaseQuery;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeaseCommandsTest {
  private static final String DUID = "00:03:00:01:02:00:00:00:00:01";

  private final FakeServer server = new FakeServer();

  @BeforeEach
  void fill() {
    add(LeaseKey.address(Ipv6.ofText("2001:db8:1::5")), DUID, 7, 1_767_225_600);
    add(LeaseKey.prefix(Prefix.ofText("2001:db8:4000::/56")), DUID, 7, LeaseTimes.NEVER);
    add(LeaseKey.address(Ipv6.ofText("2001:db8:2::9")), "00:03:00:01:02:00:00:00:00:02", 8, 100);
  }

  private void add(LeaseKey key, String duid, long subnet, long expires) {
    server.leases.put(
        key,
        new Lease(
            key,
            subnet,
            ClientIdentity.of(new Duid(Bytes.ofHex(duid))),
            1,
            LeaseState.ACTIVE,
            new LeaseTimes(50, 60, 70, expires),
            LeaseDetails.NONE
                .with(LeaseDetails.HARDWARE_ADDRESS, Bytes.ofHex("0001020000000001"))
                .with(LeaseDetails.HOSTNAME, Bytes.ofUtf8("a\"b"))));
  }

  @Test
  void listIsATableForPeople() throws CommandFailure {
    String[] lines = print(new LeaseListCommand(), server).split("\n");

    assertThat(lines[0].split("\\s*\\|\\s*"))
        .containsExactly(
            "lease", "kind", "state", "subnet", "client", "hardware", "iaid", "expires");
    assertThat(lines[2]).contains("2001:db8:1::5", "na", "active", DUID, "2026-01-01 00:00:00Z");
    assertThat(lines[4]).contains("2001:db8:4000::/56", "pd", "never");
    assertThat(lines).hasSize(5);
  }

  @Test
  void listIsOneDocumentForPrograms() throws CommandFailure {
    LeaseListCommand command = json(new LeaseListCommand());
    command.within = "2001:db8:1::/64";

    assertThat(print(command, server))
        .isEqualTo(
            """
            [
            {"lease":"2001:db8:1::5","family":"v6","kind":"na","address":"2001:db8:1::5","prefix-length":128,\
            "subnet-id":7,"state":"active","client":"00:03:00:01:02:00:00:00:00:01",\
            "client-type":"duid","iaid":1,"state-since":50,"last-transaction":60,\
            "preferred-until":70,"expires":1767225600,"hardware-address":"02:00:00:00:00:01",\
            "hostname":"a\\"b"}
            ]
            """);
  }

  /** A copy of what the failover partner gave has no contact of its own: that is not 1970. */
  @Test
  void whatIsNotKnownIsLeftOut() throws CommandFailure {
    LeaseKey key = LeaseKey.address(Ipv6.ofText("2001:db8:1::5"));
    server.leases.put(
        key, server.leases.get(key).with(LeaseState.RELEASED, new LeaseTimes(50, 0, 0, 60)));
    LeaseListCommand list = json(new LeaseListCommand());
    list.within = "2001:db8:1::/64";

    assertThat(print(list, server))
        .contains("\"state-since\":50,\"expires\":60")
        .doesNotContain("last-transaction");
    assertThat(print(show("2001:db8:1::5"), server))
        .contains("state-since")
        .doesNotContain("last-transaction");
  }

  @Test
  void emptyListIsAnEmptyDocument() throws CommandFailure {
    LeaseListCommand command = json(new LeaseListCommand());
    command.subnet = "99";

    assertThat(print(command, server)).isEqualTo("[]\n");
  }

  @Test
  void filtersAreAllApplied() throws CommandFailure {
    LeaseListCommand command = json(new LeaseListCommand());
    command.subnet = "7";
    command.client = DUID;
    command.state = "active";
    command.within = "2001:db8:4000::/36";

    assertThat(print(command, server)).contains("2001:db8:4000::/56").doesNotContain("1::5");
  }

  @Test
  void manyLeasesAreReadInPagesAndNoneTwice() throws CommandFailure {
    server.leases.clear();
    Ipv6 first = Ipv6.ofText("2001:db8::");
    for (int i = 0; i < 2500; i++) {
      add(LeaseKey.address(first.plus(i)), DUID, 7, 100);
    }

    String printed = print(json(new LeaseListCommand()), server);

    assertThat(printed.lines()).hasSize(2500 + 2).doesNotHaveDuplicates();
    assertThat(server.pages).isEqualTo(4);
  }

  @Test
  void limitCutsATableAndSaysSo() throws CommandFailure {
    LeaseListCommand command = new LeaseListCommand();
    command.limit = 2;

    assertThat(print(command, server).lines())
        .hasSize(5)
        .last()
        .isEqualTo("There are more than these 2; --limit 0 shows all.");
  }

  @Test
  void limitOfExactlyAllSaysNothing() throws CommandFailure {
    LeaseListCommand command = new LeaseListCommand();
    command.limit = 3;

    assertThat(print(command, server)).doesNotContain("more than");
  }

  @Test
  void whatCannotBeReadIsNamedWithWhatIsAccepted() {
    LeaseListCommand state = new LeaseListCommand();
    state.state = "activ";
    LeaseListCommand client = new LeaseListCommand();
    client.client = "xyz";
    LeaseListCommand within = new LeaseListCommand();
    within.within = "2001:db8::1/64";

    assertThatThrownBy(() -> print(state, server))
        .hasMessageStartingWith("'activ' is not a state; states are active, expired");
    assertThatThrownBy(() -> print(client, server)).hasMessageContaining("in hex");
    assertThatThrownBy(() -> print(within, server)).hasMessageContaining("2001:db8:1::/48");
  }

  @Test
  void showFindsByAddressPrefixAndClient() throws CommandFailure {
    assertThat(print(show("2001:db8:1::5"), server))
        .contains("lease ", "2001:db8:1::5", "hardware-address  02:00:00:00:00:01")
        .contains("expires           2026-01-01 00:00:00Z");
    assertThat(print(show("2001:db8:4000::/56"), server)).contains("expires           never");
    assertThat(print(show(DUID), server)).contains("2001:db8:1::5").contains("2001:db8:4000::/56");
    assertThat(print(show(DUID.replace(":", "")), server)).contains("2001:db8:1::5");
  }

  @Test
  void showFindsAClientWhoseIdentifierReadsAsAnAddress() throws CommandFailure {
    String eightOctets = "00:03:00:01:02:00:00:01";
    add(LeaseKey.address(Ipv6.ofText("2001:db8:3::1")), eightOctets, 7, 100);

    assertThat(print(show(eightOctets), server)).contains("2001:db8:3::1");
  }

  @Test
  void showOfNothingFails() {
    assertThatThrownBy(() -> print(show("2001:db8::77"), server))
        .hasMessage("there is no lease of 2001:db8::77");
    assertThatThrownBy(() -> print(show("office"), server))
        .hasMessageStartingWith("'office' is not an address");
  }

  @Test
  void flagsMayFollowArguments() throws CommandFailure {
    LeaseShowCommand flag = show("2001:db8:1::5");
    flag.words = List.of("2001:db8:1::5", "--json");
    assertThat(print(flag, server)).startsWith("[{\"lease\":\"2001:db8:1::5\"");

    flag.words = List.of("2001:db8:1::5", "--jsn");
    assertThatThrownBy(() -> print(flag, server)).hasMessageContaining("--jsn");
    flag.words = List.of("2001:db8:1::5", "2001:db8:1::6");
    assertThatThrownBy(() -> print(flag, server)).hasMessageContaining("one argument");
  }

  @Test
  void releaseOfAnAddressMeansThatLeaseAlone() throws CommandFailure {
    LeaseReleaseCommand command = new LeaseReleaseCommand();
    command.words = List.of("2001:db8:1::5");

    assertThat(print(command, server)).isEqualTo("Released 1 lease.\n");
    assertThat(server.released)
        .containsExactly(
            new LeaseQuery(
                Optional.of(Family.IPV6),
                Optional.of(7L),
                Optional.of(Bytes.ofHex(DUID)),
                Optional.of(Prefix.ofText("2001:db8:1::5/128")),
                Optional.of(LeaseState.ACTIVE)));
  }

  @Test
  void releaseOfAClientMeansAllItsLeases() throws CommandFailure {
    LeaseReleaseCommand command = json(new LeaseReleaseCommand());
    command.words = List.of(DUID);

    assertThat(print(command, server)).isEqualTo("{\"released\":2}\n");
  }

  @Test
  void storeThatTakesNoChangesIsTheReasonOfAFailure() {
    server.ledgerFault = Optional.of(new StoreUnavailableException("the disk is full"));
    LeaseReleaseCommand command = new LeaseReleaseCommand();
    command.words = List.of("2001:db8:1::5");

    assertThatThrownBy(() -> print(command, server))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("the disk is full");
  }

  @Test
  void wipeNeedsToBeMeant() {
    LeaseWipeCommand nothing = new LeaseWipeCommand();
    nothing.yes = true;
    LeaseWipeCommand both = new LeaseWipeCommand();
    both.all = true;
    both.subnet = "7";
    both.yes = true;
    LeaseWipeCommand careless = new LeaseWipeCommand();
    careless.all = true;

    assertThatThrownBy(() -> print(nothing, server)).hasMessageContaining("--all or --subnet");
    assertThatThrownBy(() -> print(both, server)).hasMessageContaining("--all or --subnet");
    assertThatThrownBy(() -> print(careless, server)).hasMessageContaining("--yes");
    assertThat(server.wiped).isEmpty();
  }

  @Test
  void wipeForgetsASubnetOrEverything() throws CommandFailure {
    LeaseWipeCommand subnet = new LeaseWipeCommand();
    subnet.subnet = "8";
    subnet.family = "v6";
    subnet.yes = true;
    LeaseWipeCommand all = new LeaseWipeCommand();
    all.all = true;
    all.yes = true;

    assertThat(print(subnet, server)).isEqualTo("Forgot 1 lease.\n");
    assertThat(print(all, server)).isEqualTo("Forgot 3 leases.\n");
    assertThat(server.wiped.get(1)).isEqualTo(LeaseQuery.ALL);
  }

  @Test
  void absentServerIsASentence() {
    assertThatThrownBy(() -> print(new LeaseListCommand()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("feature:install leasehold-server");
  }
}
