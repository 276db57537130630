// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.IaAddress;
import io.leasehold.codec.v6.IaNa;
import io.leasehold.codec.v6.IaPd;
import io.leasehold.codec.v6.RelayChain;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.server.protocol.Damage;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, nothing is thrown, nothing is half done, and answers are well formed. */
class HostileInputTest {
  private static final int[] CODES = {
    1, 2, 3, 4, 5, 6, 8, 9, 11, 13, 14, 16, 17, 18, 20, 25, 26, 37, 39, 43, 53, 66, 67, 79, 135, 999
  };

  private static final String NO_TIMES = "00000000" + "00000000";
  private static final String ADDRESS = "20010db8000100000000000000000010";
  private static final String PREFIX = "20010db8010000000000000000000000";
  private static final String UNSPECIFIED = "00".repeat(16);

  /** Bodies that are near to valid ones, so that tests reach the code behind the checks. */
  private static final String[] BODIES = {
    "",
    "00",
    "0017",
    "00010000",
    "0003000102000000000a",
    "000200000009" + "0cc084d3",
    association(1, NO_TIMES, ""),
    association(0xffff_ffff, "ffffffff" + "00000001", ""),
    association(1, NO_TIMES, "00050018" + ADDRESS + "ffffffff" + "00000000"),
    association(1, NO_TIMES, "00050018" + UNSPECIFIED + NO_TIMES),
    association(2, NO_TIMES, "001a0019" + NO_TIMES + "38" + PREFIX),
    association(2, NO_TIMES, "001a0019" + NO_TIMES + "ff" + PREFIX),
    association(2, NO_TIMES, "001a001f" + NO_TIMES + "38" + PREFIX + "004300024001"),
    association(2, NO_TIMES, "001a0019" + NO_TIMES + "00" + UNSPECIFIED),
    "0000118b" + "00010002" + "0021",
    "04" + "00".repeat(300),
  };

  private static String association(int iaid, String times, String inside) {
    return "%08x".formatted(iaid) + times + inside;
  }

  private static TestServer server() {
    return new TestServer(
        SubnetBuilder.lab()
            .rapidCommit()
            .storeRelayIds()
            .prefixPoolExcluding("2001:db8:100::/52", 56, "2001:db8:100:f0::/64")
            .option(OptionSamples.vendor(4491, 33, "aa", false))
            .option(OptionSamples.always(23, "20010db8000000000000000000000053"))
            .link(),
        new SubnetBuilder(2, "2001:db8:2::/64").interfaceId("00").link());
  }

  @Property(tries = 2000)
  void arbitraryOctetsAreSurvived(@ForAll @Size(max = 300) byte[] octets) {
    TestServer server = server();
    server.ask(Bytes.copyOf(octets), TestServer.ON_ETH1);
    check(server);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void nearlyValidMessagesAreSurvived(long seed) {
    TestServer server = server();
    server.storm(seed, 4000, random -> ask(server, random));
    check(server);
    assertThat(server.count("pkt6-drop-malformed")).isPositive();
    assertThat(server.changes).isNotEmpty();
  }

  private static void ask(TestServer server, Random random) {
    Bytes datagram =
        Damage.sometimes(
            datagram(random, random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0), random);
    Bytes reply = server.ask(datagram, TestServer.ON_ETH1);
    if (reply != null) {
      checkReply(RelayChain.decode(reply), server);
    }
  }

  private static Bytes datagram(Random random, int relays) {
    int type = 1 + random.nextInt(11);
    Options.Builder options = Options.builder();
    if (random.nextInt(10) != 0) {
      options.add(1, Bytes.ofHex(BODIES[4]));
    }
    boolean addressed = type == 3 || type == 5 || type == 8 || type == 9;
    if (addressed == (random.nextInt(10) != 0)) {
      options.add(2, Bytes.ofHex(BODIES[5]));
    }
    for (int i = random.nextInt(6); i > 0; i--) {
      options.add(option(random));
    }
    Bytes message = new ClientServerMessage(type, 1, options.build()).encode();
    for (int i = 0; i < relays; i++) {
      Options.Builder outer = Options.builder().add(9, message);
      for (int j = random.nextInt(4); j > 0; j--) {
        outer.add(option(random));
      }
      Ipv6 link = random.nextBoolean() ? Ipv6.UNSPECIFIED : Ipv6.ofText("2001:db8:1::1");
      message = RelayMessage.forward(i, link, TestServer.CLIENT, outer.build()).encode();
    }
    return message;
  }

  private static Option option(Random random) {
    int code = CODES[random.nextInt(CODES.length)];
    // Associations more often than other options, with bodies that fit.
    if (random.nextInt(3) == 0) {
      code = random.nextBoolean() ? 3 : 25;
      return new Option(code, Bytes.ofHex(BODIES[6 + random.nextInt(8)]));
    }
    return new Option(code, Bytes.ofHex(BODIES[random.nextInt(BODIES.length)]));
  }

  private static void check(TestServer server) {
    assertThat(server.count("pkt6-drop-defect")).isZero();
    assertThat(server.stored())
        .allMatch(lease -> lease.state() != LeaseState.ACTIVE || !lease.client().value().isEmpty());
  }

  private static void checkReply(RelayChain reply, TestServer server) {
    Options options = reply.message().options();
    assertThat(options.count(2)).isEqualTo(1);
    List<IaNa> addresses = options.all(Dhcp6Options.IA_NA);
    List<IaPd> prefixes = options.all(Dhcp6Options.IA_PD);
    for (IaNa ia : addresses) {
      assertThat(ia.t1Seconds()).isLessThanOrEqualTo(ia.t2Seconds());
      ia.options()
          .all(Dhcp6Options.IAADDR)
          .forEach(a -> assertThat(a.preferredSeconds()).isLessThanOrEqualTo(a.validSeconds()));
      if (reply.message().type() == Dhcp6MessageType.REPLY) {
        ia.options().all(Dhcp6Options.IAADDR).forEach(a -> checkHeld(a, server));
      }
    }
    for (IaPd ia : prefixes) {
      assertThat(ia.t1Seconds()).isLessThanOrEqualTo(ia.t2Seconds());
      ia.options().all(Dhcp6Options.IAPREFIX);
    }
  }

  private static void checkHeld(IaAddress address, TestServer server) {
    Lease lease = server.table.find(LeaseKey.address(address.address()));
    boolean held = lease != null && lease.isActive(server.now);
    assertThat(address.validSeconds() == 0 || held).isTrue();
  }
}
