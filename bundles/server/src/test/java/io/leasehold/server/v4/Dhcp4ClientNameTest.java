// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import static io.leasehold.server.v4.Answers.hex;
import static io.leasehold.server.v4.Query.ALICE;
import static io.leasehold.server.v4.Query.discover;
import static io.leasehold.server.v4.Query.request;
import static io.leasehold.server.v4.Samples.onRequest;
import static io.leasehold.server.v4.TestServer.ADDRESS;
import static io.leasehold.server.v4.TestServer.lab;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.net.Bytes;
import io.leasehold.server.plan.BootFields;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RFC 2132 section 3.14 and RFC 4702. */
class Dhcp4ClientNameTest {
  private static final int HOST_NAME = 12;
  private static final int FQDN = 81;

  /** Flags S and E, deprecated codes, then {@code pc.example}. */
  private static final String PC_EXAMPLE = "050000" + "027063" + "076578616d706c65" + "00";

  private final TestServer server = new TestServer(lab().link());

  private Optional<String> kept(Query query) {
    server.ask(query.to(ADDRESS).wanting("192.0.2.20"));
    return server.lease("192.0.2.20").details().get(LeaseDetails.HOSTNAME).map(Bytes::toUtf8);
  }

  @Test
  void hostNameIsKeptAndComesBack() {
    assertThat(hex(server.ask(discover(ALICE).option(HOST_NAME, "7063")), HOST_NAME))
        .isEqualTo("7063");
    assertThat(kept(request(ALICE).option(HOST_NAME, "706300"))).contains("pc");
  }

  @Test
  void badHostNameIsAsNone() {
    assertThat(hex(server.ask(discover(ALICE).option(HOST_NAME, "70206300")), HOST_NAME))
        .isEqualTo("-");
    assertThat(kept(request(ALICE).option(HOST_NAME, "70ff63"))).isEmpty();
    assertThat(kept(request(ALICE).option(HOST_NAME, "61".repeat(254)))).isEmpty();
  }

  @Test
  void completeNameIsAnsweredWithoutAnUpdateOfTheDns() {
    // RFC 4702 sections 2.1 and 4: N and O and the client's E, not S; codes 255.
    assertThat(hex(server.ask(discover(ALICE).option(FQDN, PC_EXAMPLE)), FQDN))
        .isEqualTo("0effff" + PC_EXAMPLE.substring(6));
    assertThat(kept(request(ALICE).option(FQDN, PC_EXAMPLE))).contains("pc.example");
  }

  @Test
  void malformedCompleteNameCostsNothing() {
    assertThat(server.ask(discover(ALICE).option(FQDN, "0500"))).isNotNull();
    assertThat(server.ask(discover(ALICE).option(FQDN, "050000" + "3f61"))).isNotNull();
  }

  @Test
  void reservedNameGoesBeforeAllOthers() {
    TestServer named =
        new TestServer(
            lab()
                .option(onRequest(HOST_NAME, "6f74686572"))
                .reserve(Samples.named("alice", BootFields.NONE))
                .link());

    Dhcp4Message offer = named.ask(discover(ALICE).option(HOST_NAME, "7063").asking(HOST_NAME));
    assertThat(offer.options().raw(HOST_NAME).orElseThrow().toUtf8()).isEqualTo("alice");
    assertThat(hex(named.ask(discover(ALICE).option(FQDN, PC_EXAMPLE)), FQDN))
        .isEqualTo("0effff" + "05616c696365");
    named.ask(request(ALICE).to(ADDRESS).wanting("192.0.2.50").option(HOST_NAME, "7063"));
    assertThat(
            named.lease("192.0.2.50").details().get(LeaseDetails.HOSTNAME).orElseThrow().toUtf8())
        .isEqualTo("alice");
  }

  @Test
  void reservedNameOfSeveralLabelsIsComplete() {
    assertThat(hex(offerTo("pc.example"), FQDN)).isEqualTo("0effff" + PC_EXAMPLE.substring(6));
  }

  @Test
  void reservedNameThatTheDnsDoesNotKnowCostsNothing() {
    assertThat(hex(offerTo("pc..example"), FQDN)).isEqualTo("0effff" + PC_EXAMPLE.substring(6));
  }

  private static Dhcp4Message offerTo(String reserved) {
    TestServer named =
        new TestServer(lab().reserve(Samples.named(reserved, BootFields.NONE)).link());
    return named.ask(discover(ALICE).option(FQDN, PC_EXAMPLE));
  }
}
