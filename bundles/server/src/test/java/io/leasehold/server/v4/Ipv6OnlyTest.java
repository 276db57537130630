// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import static io.leasehold.server.v4.Answers.brief;
import static io.leasehold.server.v4.Answers.codes;
import static io.leasehold.server.v4.Answers.hex;
import static io.leasehold.server.v4.Query.ALICE;
import static io.leasehold.server.v4.Query.BOB;
import static io.leasehold.server.v4.Query.discover;
import static io.leasehold.server.v4.Query.request;
import static io.leasehold.server.v4.Samples.always;
import static io.leasehold.server.v4.Samples.onRequest;
import static io.leasehold.server.v4.TestServer.ADDRESS;
import static io.leasehold.server.v4.TestServer.lab;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.net.Ipv6;
import io.leasehold.server.v6.SubnetBuilder;
import io.leasehold.transport.Destination;
import org.junit.jupiter.api.Test;

/** Clients that can do without IPv4 (RFC 8925), and those that choose an address (RFC 2563). */
class Ipv6OnlyTest {
  private static final int V6ONLY = 108;
  private static final int AUTO_CONFIGURE = 116;

  private final TestServer server =
      new TestServer(lab().option(always(V6ONLY, "00000708")).rapidCommit().link());

  @Test
  void clientThatAsksIsOfferedNothingButTheTimeToWait() {
    Dhcp4Message offer = server.ask(discover(ALICE).asking(1, V6ONLY));

    assertThat(brief(offer)).isEqualTo("offer 0.0.0.0");
    assertThat(hex(offer, V6ONLY)).isEqualTo("00000708");
    assertThat(codes(offer)).doesNotContain(51, 58, 59, AUTO_CONFIGURE);
    assertThat(server.last.destinationOrNull())
        .isEqualTo(Destination.of(Ipv6.ofText("255.255.255.255"), 68));
    // Nothing is kept for it.
    assertThat(brief(server.ask(discover(BOB).wanting("192.0.2.16"))))
        .isEqualTo("offer 192.0.2.16 4000");
  }

  @Test
  void clientThatDoesNotAskIsNotTold() {
    Dhcp4Message offer = server.ask(discover(ALICE).asking(1));

    assertThat(brief(offer)).isEqualTo("offer 192.0.2.16 4000");
    assertThat(codes(offer)).doesNotContain(V6ONLY);
  }

  @Test
  void nobodyIsToldWhereThePlanDoesNotSaySo() {
    TestServer plain = new TestServer(lab().link());

    assertThat(brief(plain.ask(discover(ALICE).asking(V6ONLY)))).isEqualTo("offer 192.0.2.16 4000");
  }

  @Test
  void onlyThePoolsThatAreMarked() {
    TestServer two =
        new TestServer(
            new SubnetBuilder(1, "192.0.2.0/24")
                .pool("192.0.2.16", "192.0.2.16", onRequest(V6ONLY, "00000000"))
                .pool("192.0.2.17", "192.0.2.17")
                .link());

    Dhcp4Message offer = two.ask(discover(ALICE).asking(V6ONLY));
    assertThat(brief(offer) + " " + hex(offer, V6ONLY)).isEqualTo("offer 0.0.0.0 00000000");
    assertThat(brief(two.ask(discover(ALICE).asking(V6ONLY).wanting("192.0.2.17"))))
        .isEqualTo("offer 192.0.2.17 4000");
  }

  @Test
  void rapidCommitIsNotHeeded() {
    assertThat(brief(server.ask(discover(ALICE).rapidCommit().asking(V6ONLY))))
        .isEqualTo("offer 0.0.0.0");
    assertThat(server.last.changes()).isEmpty();
  }

  @Test
  void autoConfigureIsAnsweredOnlyIfItIsAsked() {
    assertThat(
            hex(
                server.ask(discover(ALICE).asking(V6ONLY).option(AUTO_CONFIGURE, "01")),
                AUTO_CONFIGURE))
        .isEqualTo("00");
  }

  @Test
  void requestForAnAddressIsAnsweredAsUsual() {
    Dhcp4Message ack = server.ask(request(ALICE).to(ADDRESS).wanting("192.0.2.20").asking(V6ONLY));

    assertThat(brief(ack)).isEqualTo("ack 192.0.2.20 4000");
    assertThat(hex(ack, V6ONLY)).isEqualTo("00000708");
  }

  @Test
  void clientWithoutAnAddressMayBeForbiddenToChooseOne() {
    TestServer full =
        new TestServer(
            new SubnetBuilder(1, "192.0.2.0/24").option(onRequest(AUTO_CONFIGURE, "00")).link());

    Dhcp4Message offer = full.ask(discover(ALICE).option(AUTO_CONFIGURE, "01"));
    assertThat(brief(offer) + " " + hex(offer, AUTO_CONFIGURE)).isEqualTo("offer 0.0.0.0 00");
    // RFC 2563 section 2.3.
    assertThat(full.ask(discover(ALICE))).isNull();
  }
}
