// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.HopTransport;
import io.leasehold.hop.Link;
import io.leasehold.hop.ListenSpec;
import io.leasehold.net.Bytes;
import io.leasehold.security.Carrier;
import io.leasehold.security.Channels;
import io.leasehold.testkit.Await;
import io.leasehold.testkit.hop.HopHosts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hops that nobody protects, as both sides have acknowledged. */
final class ClearHopsTest extends HopHosts {
  @Override
  protected HopTransport transport(Channels channels) {
    return new TcpHopTransport(channels, List::of, QuickSettings.QUICK);
  }

  @Override
  protected Carrier carrier() {
    return Carrier.NETWORK; // provider none
  }

  private Link clear() {
    ListenSpec usual = listenSpec(HopLimits.USUAL);
    listen(
        echo(),
        new ListenSpec(
            usual.application(),
            usual.places(),
            usual.port(),
            usual.channel(),
            usual.expected(),
            usual.limits(),
            true));
    Link link =
        connect(
            to ->
                new ConnectSpec(
                    to.application(),
                    to.remote(),
                    to.port(),
                    to.channel(),
                    to.expected(),
                    false,
                    true));
    awaitUp(link);
    link.send(Bytes.of(12, 0, 1, 2));
    assertThat(answers.next(PATIENCE).message()).isEqualTo(Bytes.of(12, 0, 1, 2));
    return link;
  }

  @Test
  void whatIsNotAdmittedAnyMoreDoesNotDrainAtTheServer() {
    Link link = clear();
    serverChannels.admitting(false);
    serverChannels.renew();
    Await.until(PATIENCE, () -> server().links().isEmpty() && !link.isUp());
  }

  @Test
  void whatIsNotAdmittedAnyMoreDoesNotDrainAtTheRelayAgent() {
    Link link = clear();
    relayChannels.admitting(false);
    relayChannels.renew();
    awaitDown(link, "not admitted by the test");
    assertThat(link.send(Bytes.of(12, 0, 1, 2))).isFalse();
  }

  @Test
  void whatIsStillAdmittedStays() {
    Link link = clear();
    serverChannels.renew();
    link.send(Bytes.of(12, 0, 1, 2));
    assertThat(answers.next(PATIENCE).message()).isEqualTo(Bytes.of(12, 0, 1, 2));
    assertThat(server().links()).hasSize(1);
  }
}
