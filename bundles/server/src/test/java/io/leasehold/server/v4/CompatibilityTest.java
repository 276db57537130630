// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import static io.leasehold.server.v4.Answers.brief;
import static io.leasehold.server.v4.Query.ALICE;
import static io.leasehold.server.v4.Query.BOB;
import static io.leasehold.server.v4.Query.CAROL;
import static io.leasehold.server.v4.Query.discover;
import static io.leasehold.server.v4.Query.request;
import static io.leasehold.server.v4.TestServer.ADDRESS;
import static io.leasehold.server.v4.TestServer.lab;
import static io.leasehold.server.v4.TestServer.unicast;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Ipv4;
import io.leasehold.server.plan.BootFields;
import io.leasehold.server.plan.Compatibility;
import io.leasehold.server.plan.Dhcp4Terms;
import io.leasehold.server.plan.Link;
import io.leasehold.server.v6.SubnetBuilder;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Rules that a plan may bend, each as Kea's switch of the same name does. */
class CompatibilityTest {
  private static final Link OTHER =
      new SubnetBuilder(2, "203.0.113.0/24").pool("203.0.113.16", "203.0.113.31").link();

  @Test
  void choiceOfAnotherServerMayBeAnswered() {
    Query other = request(ALICE).to("192.0.2.9").wanting("192.0.2.16");

    assertThat(brief(new TestServer(lab().link()).ask(other))).isEqualTo("silence");
    TestServer bent =
        new TestServer(new Compatibility(false, true, false, false, false), lab().link());
    assertThat(brief(bent.ask(other))).isEqualTo("ack 192.0.2.16 4000");
  }

  @Test
  void requestWithoutAnAddressMayBeGivenOne() {
    assertThat(brief(new TestServer(lab().link()).ask(request(ALICE)))).isEqualTo("silence");

    TestServer bent =
        new TestServer(new Compatibility(false, false, false, false, true), lab().link());
    assertThat(brief(bent.ask(request(ALICE)))).isEqualTo("ack 192.0.2.16 4000");
    assertThat(brief(bent.ask(request(BOB).to(ADDRESS)))).isEqualTo("ack 192.0.2.17 4000");
    assertThat(brief(bent.ask(request(ALICE)))).isEqualTo("ack 192.0.2.16 4000");
  }

  @Test
  void vendorsMayCountThatStandInADamagedOption() {
    Link vendors =
        lab().option(Samples.vendor(9, 1, "61")).option(Samples.vendor(10, 1, "62")).link();
    Query damaged = discover(ALICE).asking(125).option(124, "00000009" + "09" + "0878");

    assertThat(Answers.hex(new TestServer(vendors).ask(damaged), 125))
        .isEqualTo("0000000903010161" + "0000000a03010162");
    TestServer bent = new TestServer(new Compatibility(true, false, false, false, false), vendors);
    assertThat(Answers.hex(bent.ask(damaged), 125)).isEqualTo("0000000903010161");
  }

  @Test
  void linkSelectionMayBePassedOver() {
    Query selecting = discover(ALICE).through("192.0.2.254").relayed(5, "cb007100");

    TestServer strict = new TestServer(lab().link(), OTHER);
    assertThat(brief(strict.ask(selecting, unicast("192.0.2.254", ADDRESS))))
        .isEqualTo("offer 203.0.113.16 4000");
    TestServer bent =
        new TestServer(new Compatibility(false, false, true, false, false), lab().link(), OTHER);
    assertThat(brief(bent.ask(selecting, unicast("192.0.2.254", ADDRESS))))
        .isEqualTo("offer 192.0.2.16 4000");
    assertThat(
            Answers.hex(
                bent.ask(
                    discover(BOB).through("192.0.2.254").relayed(5, "cb007100"),
                    unicast("192.0.2.254", ADDRESS)),
                82))
        .isEqualTo("0504cb007100");
  }

  @Test
  void addressesThatEndIn0Or255AreChosenUnlessThePlanForbidsIt() {
    SubnetBuilder wide = new SubnetBuilder(1, "192.0.0.0/22").pool("192.0.1.255", "192.0.2.1");
    assertThat(brief(new TestServer(wide.link()).ask(discover(ALICE))))
        .isEqualTo("offer 192.0.1.255 4000");

    Dhcp4Terms terms =
        new Dhcp4Terms(false, true, BootFields.NONE, OptionalDouble.empty(), 60, false, true);
    TestServer bent = new TestServer(wide.dhcp4(terms).link());
    assertThat(bent.free()).isEqualTo(1);
    assertThat(brief(bent.ask(discover(ALICE)))).isEqualTo("offer 192.0.2.1 4000");
    bent.serve(ALICE);
    assertThat(brief(bent.ask(discover(BOB)))).isEqualTo("silence");
    // As in Kea, who asks for one by name gets it; afterwards it is not chosen either.
    assertThat(brief(bent.ask(discover(BOB).wanting("192.0.2.0"))))
        .isEqualTo("offer 192.0.2.0 4000");
    bent.ask(request(BOB).to(ADDRESS).wanting(Ipv4.ofText("192.0.2.0")));
    bent.ask(Query.release(BOB).to(ADDRESS).having("192.0.2.0"));
    assertThat(bent.free()).isZero();
    assertThat(brief(bent.ask(discover(CAROL)))).isEqualTo("silence");
  }
}
