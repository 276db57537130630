// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.server.plan.BootFields;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.Damage;
import java.util.Collection;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, nothing is thrown, nothing is half done, and answers are well formed. */
class Dhcp4HostileInputTest {
  private static final int[] TYPES = {1, 1, 1, 3, 3, 3, 3, 4, 7, 8, 0, 2, 13, 255};

  private static final int[] CODES = {
    12, 43, 50, 51, 52, 54, 55, 57, 60, 61, 77, 80, 81, 82, 82, 97, 108, 116, 118, 124, 125, 255 - 1
  };

  /** Bodies that are near to valid ones, so that tests reach the code behind the checks. */
  private static final String[] BODIES = {
    "",
    "00",
    "01",
    "7063",
    "c0000210",
    "c0000211",
    "c0000201",
    "ffffffff",
    "00000001",
    "010306" + "0f2b35" + "6c7d",
    "0061",
    "ff0000000100030001020000000001",
    "0104c0000200",
    "0504c0000200" + "0b04c0000209",
    "1300" + "0c026162" + "0202aabb",
    "050000" + "027063" + "00",
    "0000118b" + "04" + "01022122",
    "00000009ff",
    "02" + "40",
    "ab".repeat(255)
  };

  private static final String[] ADDRESSES = {
    "0.0.0.0", "192.0.2.16", "192.0.2.17", "192.0.2.200", "10.0.0.1", "255.255.255.255"
  };

  private static TestServer server() {
    return new TestServer(
        TestServer.lab()
            .rapidCommit()
            .storeRelayIds()
            .option(Samples.vendor(4491, 33, "aa"))
            .option(Samples.always(6, "c0000235"))
            .option(Samples.onRequest(108, "00000708"))
            .reserve(Samples.named("alice", BootFields.NONE))
            .link());
  }

  @Property(tries = 2000)
  void arbitraryOctetsAreSurvived(@ForAll @Size(max = 400) byte[] octets) {
    TestServer server = server();
    server.ask(Bytes.copyOf(octets), TestServer.ON_ETH1);
    // The same behind a header that a client could have sent.
    Dhcp4Message message = Query.discover(Query.ALICE).build();
    byte[] whole = message.encode().toArray();
    System.arraycopy(octets, 0, whole, 240, Math.min(octets.length, whole.length - 240));
    server.ask(Bytes.wrap(whole), TestServer.ON_ETH1);
    check(server);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void nearlyValidMessagesAreSurvived(long seed) {
    TestServer server = server();
    server.storm(seed, 6000, random -> ask(server, random));
    check(server);
    assertThat(server.count("pkt4-drop-malformed")).isPositive();
    assertThat(server.changes).isNotEmpty();
  }

  private static void ask(TestServer server, Random random) {
    Bytes datagram = Damage.sometimes(message(random).encode(), random);
    Arrival arrival =
        random.nextInt(3) == 0
            ? TestServer.unicast("192.0.2.16", TestServer.ADDRESS)
            : TestServer.ON_ETH1;
    Bytes reply = server.ask(datagram, arrival);
    if (reply != null) {
      checkReply(Dhcp4Message.decode(reply), server);
    }
  }

  private static Dhcp4Message message(Random random) {
    Options.Builder options = Options.builder();
    int type = TYPES[random.nextInt(TYPES.length)];
    if (type != 0) {
      options.add(Dhcp4OptionCode.MESSAGE_TYPE, Bytes.of(type));
    }
    for (int i = random.nextInt(6); i > 0; i--) {
      int code = CODES[random.nextInt(CODES.length)];
      if (!options.has(code)) {
        options.add(new Option(code, Bytes.ofHex(BODIES[random.nextInt(BODIES.length)])));
      }
    }
    if (random.nextInt(3) == 0) {
      options.set(Dhcp4OptionCode.SERVER_ID, Ipv4.ofText(TestServer.ADDRESS).bytes());
    }
    return Query.discover(random.nextInt(30)).build().toBuilder()
        .clientAddress(address(random))
        .relayAddress(address(random))
        .flags(random.nextInt(0x10000))
        .options(options.build())
        .build();
  }

  private static Ipv4 address(Random random) {
    int which = random.nextInt(2 * ADDRESSES.length);
    return Ipv4.ofText(which < ADDRESSES.length ? ADDRESSES[which] : ADDRESSES[0]);
  }

  private static void check(TestServer server) {
    assertThat(server.count("pkt4-drop-defect")).isZero();
    Collection<Lease> stored = server.stored();
    long clients =
        stored.stream()
            .filter(lease -> lease.state() == LeaseState.ACTIVE)
            .map(Lease::client)
            .distinct()
            .count();
    assertThat(stored.stream().filter(l -> l.state() == LeaseState.ACTIVE).count())
        .isEqualTo(clients);
  }

  private static void checkReply(Dhcp4Message reply, TestServer server) {
    assertThat(reply.op()).isEqualTo(Dhcp4Message.BOOT_REPLY);
    assertThat(reply.options().has(Dhcp4OptionCode.SERVER_ID)).isTrue();
    boolean leased = !reply.yourAddress().isUnspecified();
    if (reply.type() == Dhcp4MessageType.ACK && leased) {
      Lease lease = server.lease(reply.yourAddress().toString());
      assertThat(lease.isActive(server.now)).isTrue();
    }
    assertThat(reply.options().has(Dhcp4OptionCode.LEASE_TIME)).isEqualTo(leased);
    assertThat(server.last.destinationOrNull()).isNotNull();
  }
}
