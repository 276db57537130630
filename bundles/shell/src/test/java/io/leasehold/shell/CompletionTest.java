// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.SubnetUse;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.console.CommandLine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the tabulator key offers. */
class CompletionTest {
  private static final ClientIdentity CLIENT =
      ClientIdentity.of(Duid.ofText("00030001020000000001"));

  /** Of a client that is known by its hardware address. */
  private static final Lease DHCP4 =
      new Lease(
          LeaseKey.address(Family.IPV4, Ipv6.ofText("10.0.0.7")),
          1,
          new ClientIdentity(ClientIdentity.Type.HARDWARE, Bytes.ofHex("01020000000007")),
          0,
          LeaseState.ACTIVE,
          new LeaseTimes(1, 1, 2, 3),
          LeaseDetails.NONE);

  private final FakeServer server = new FakeServer();

  @BeforeEach
  void fill() {
    add(LeaseKey.address(Ipv6.ofText("2001:db8:1::5")), CLIENT);
    add(LeaseKey.address(Ipv6.ofText("2001:db8:1::6")), ClientIdentity.NONE);
    add(LeaseKey.prefix(Prefix.ofText("2001:db8:4000::/56")), CLIENT);
    server.counters = Map.of("pkt6-received", 1L, "pkt6-reply-sent", 2L);
  }

  private void add(LeaseKey key, ClientIdentity client) {
    LeaseTimes times = new LeaseTimes(1, 1, 2, 3);
    server.leases.put(
        key, new Lease(key, 1, client, 1, LeaseState.ACTIVE, times, LeaseDetails.NONE));
  }

  private static List<String> offered(Completing completer, String typed, Object... services) {
    completer.lookup = () -> new CommandRun.Given(List.of(services));
    List<String> candidates = new ArrayList<>();
    completer.complete(null, new Typed(typed), candidates);
    return candidates.stream().map(String::trim).toList();
  }

  @Test
  void leasesAreOfferedByAddressPrefixAndClient() {
    assertThat(offered(new LeaseCompleter(), "", server))
        .containsExactlyInAnyOrder(
            "2001:db8:1::5", "2001:db8:1::6", "2001:db8:4000::/56", CLIENT.toString());
    assertThat(offered(new LeaseCompleter(), "2001:db8:4", server))
        .containsExactly("2001:db8:4000::/56");
    assertThat(offered(new ClientCompleter(), "", server)).containsExactly(CLIENT.toString());
  }

  @Test
  void manyLeasesOfOneFamilyDoNotHideTheOther() {
    for (int i = 0; i < 1000; i++) {
      add(LeaseKey.address(Ipv6.ofText("2001:db8:5::").plus(i)), ClientIdentity.NONE);
    }
    server.leases.put(DHCP4.key(), DHCP4);

    assertThat(offered(new LeaseCompleter(), "10.", server)).containsExactly("10.0.0.7");
    assertThat(offered(new LeaseCompleter(), "02", server)).containsExactly("02:00:00:00:00:07");
    assertThat(offered(new ClientCompleter(), "", server))
        .containsExactlyInAnyOrder(CLIENT.toString(), "02:00:00:00:00:07");
  }

  @Test
  void subnetsAreOfferedByIdAndPrefix() {
    server.subnets =
        Stream.of("2001:db8:1::/64", "10.0.0.0/24")
            .map(
                prefix ->
                    new SubnetUse(
                        Family.IPV6, 1, prefix, "", BigInteger.ONE, 0, 0, BigInteger.ZERO, 0))
            .toList();

    assertThat(offered(new SubnetCompleter(), "", server))
        .containsExactlyInAnyOrder("1", "2001:db8:1::/64", "10.0.0.0/24");
    assertThat(offered(new SubnetPrefixCompleter(), "10", server)).containsExactly("10.0.0.0/24");
    assertThat(offered(new FamilyCompleter(), "")).containsExactlyInAnyOrder("v4", "v6");
  }

  @Test
  void countersAreOfferedByName() {
    assertThat(offered(new CounterCompleter(), "pkt6-rep", server))
        .containsExactly("pkt6-reply-sent");
  }

  @Test
  void withoutAServerNothingIsOffered() {
    assertThat(offered(new LeaseCompleter(), "")).isEmpty();
    assertThat(offered(new CounterCompleter(), "")).isEmpty();
    assertThat(offered(new SubnetCompleter(), "")).isEmpty();
    assertThat(offered(new SubnetPrefixCompleter(), "")).isEmpty();
  }

  /** A line with one word, the cursor behind it. */
  private record Typed(String getBuffer) implements CommandLine {
    @Override
    public int getCursorArgumentIndex() {
      return 0;
    }

    @Override
    public String getCursorArgument() {
      return getBuffer;
    }

    @Override
    public int getArgumentPosition() {
      return getBuffer.length();
    }

    @Override
    public String[] getArguments() {
      return new String[] {getBuffer};
    }

    @Override
    public int getBufferPosition() {
      return getBuffer.length();
    }
  }
}
