// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import static io.leasehold.server.v4.Answers.brief;
import static io.leasehold.server.v4.Query.ALICE;
import static io.leasehold.server.v4.Query.BOB;
import static io.leasehold.server.v4.Query.discover;
import static io.leasehold.server.v4.Query.request;
import static io.leasehold.server.v4.TestServer.ADDRESS;
import static io.leasehold.server.v4.TestServer.lab;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.server.protocol.Precedence;
import io.leasehold.server.v6.SubnetBuilder;
import org.junit.jupiter.api.Test;

/** Somebody makes up hardware addresses as fast as the network carries them. */
class FloodTest {
  private static void flood(TestServer server, int count) {
    for (int i = 0; i < count; i++) {
      server.ask(discover(ALICE).hardware(1, "06%010x".formatted(i)));
    }
  }

  @Test
  void offersNeverFillMoreThanTheirBound() {
    TestServer server =
        new TestServer(
            new SubnetBuilder(1, "10.0.0.0/8").pool("10.1.0.0", "10.32.255.255").on("eth1").link());

    flood(server, 100_000);

    assertThat(server.table.size()).isZero();
    assertThat(server.free()).isGreaterThanOrEqualTo(32L * 65536 - (1 << 14) - 1);
  }

  @Test
  void leasesAreRenewedAndMadeWhileThePoolIsOfferedOverAndOver() {
    TestServer server = new TestServer(lab().link());
    server.serve(BOB);
    Dhcp4Message offer = server.ask(discover(ALICE));

    flood(server, 1000);

    assertThat(brief(server.ask(request(BOB).having("192.0.2.16"))))
        .isEqualTo("ack 192.0.2.16 4000");
    // Her offer has given way many times; nobody has taken the address.
    assertThat(brief(server.ask(request(ALICE).to(ADDRESS).wanting(offer.yourAddress()))))
        .isEqualTo("ack 192.0.2.17 4000");
    assertThat(brief(server.ask(request(Query.CAROL).to(ADDRESS).wanting("192.0.2.17"))))
        .isEqualTo("nak 0.0.0.0");
  }

  @Test
  void conversationsThatBeginAreDroppedFirst() {
    TestServer server = new TestServer(lab().link());

    for (int type : new int[] {Dhcp4MessageType.DISCOVER, Dhcp4MessageType.INFORM}) {
      assertThat(precedence(server, Query.of(type, ALICE).having("192.0.2.16")))
          .isEqualTo(Precedence.BEGINS);
    }
    for (int type : new int[] {Dhcp4MessageType.DECLINE, Dhcp4MessageType.RELEASE}) {
      assertThat(precedence(server, Query.of(type, ALICE).to(ADDRESS))).isEqualTo(Precedence.KEEPS);
    }
  }

  @Test
  void renewalsGoBeforeRequestsOfNewClients() {
    TestServer server = new TestServer(lab().link());

    Query selecting = request(ALICE).to(ADDRESS).wanting("192.0.2.16");
    assertThat(precedence(server, selecting)).isEqualTo(Precedence.COMPLETES);
    assertThat(precedence(server, request(ALICE).having("192.0.2.16"))).isEqualTo(Precedence.KEEPS);
    assertThat(precedence(server, request(ALICE).wanting("192.0.2.16")))
        .as("INIT-REBOOT")
        .isEqualTo(Precedence.KEEPS);
  }

  private static Precedence precedence(TestServer server, Query query) {
    return server.accept(query, TestServer.ON_ETH1).precedence();
  }

  @Test
  void onlyWhatChangesLeasesWaitsForTheStore() {
    TestServer server = new TestServer(lab().rapidCommit().link());

    assertThat(server.accept(discover(ALICE), TestServer.ON_ETH1).promises()).isFalse();
    assertThat(server.accept(discover(ALICE).rapidCommit(), TestServer.ON_ETH1).promises())
        .isTrue();
    assertThat(server.accept(request(ALICE), TestServer.ON_ETH1).promises()).isTrue();
    assertThat(server.accept(Query.inform(ALICE), TestServer.ON_ETH1).promises()).isFalse();
  }
}
