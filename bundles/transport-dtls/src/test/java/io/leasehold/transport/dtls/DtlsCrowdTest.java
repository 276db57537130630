// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.hop.HopLimits;
import io.leasehold.hop.HopTransport;
import io.leasehold.hop.Link;
import io.leasehold.hop.LinkStatus;
import io.leasehold.net.Bytes;
import io.leasehold.security.Carrier;
import io.leasehold.security.Channels;
import io.leasehold.testkit.Await;
import io.leasehold.testkit.hop.HopHosts;
import io.leasehold.testkit.hop.TestEngine;
import io.leasehold.transport.Binding;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Strangers from other addresses of the loopback interface, while a peer is there. */
final class DtlsCrowdTest extends HopHosts {
  private static final byte[] BEGINNING = {TestEngine.HELLO, 0};

  private final QuickDtls quick = new QuickDtls();

  @AfterEach
  void closeSockets() {
    quick.close();
  }

  @Override
  protected HopTransport transport(Channels channels) {
    return quick.transport(channels);
  }

  @Override
  protected Carrier carrier() {
    return Carrier.DATAGRAM;
  }

  /** A stranger that begins and says no more. */
  private void begin(int host) throws IOException {
    DatagramSocket stranger =
        new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0." + host), 0));
    open.push(stranger);
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    stranger.send(new DatagramPacket(BEGINNING, BEGINNING.length, loopback, port()));
  }

  private long handshaking() {
    return server().links().stream()
        .filter(each -> each.state() == LinkStatus.State.HANDSHAKING)
        .count();
  }

  @Test
  void aPeerThatComesBackIsNotKeptWaitingByACrowd() throws IOException {
    Binding binding = listen(questions, HopLimits.USUAL);
    Link link = connected();
    for (int i = 0; i < Guests.CROWD; i++) {
      begin(2 + i / 4);
    }
    Await.until(PATIENCE, () -> handshaking() == Guests.CROWD);
    begin(2);
    Await.until(PATIENCE, () -> binding.counters().get("refused-source-limit") > 0);

    link.renew();

    Await.until(PATIENCE, () -> binding.counters().get("displaced") == Guests.CROWD);
    Await.until(PATIENCE, () -> binding.counters().get("handshake-completed") == 2);
    assertThat(handshaking()).isZero();
    link.send(Bytes.of(1, 2, 3, 4));
    assertThat(questions.next(PATIENCE).message()).isEqualTo(Bytes.of(1, 2, 3, 4));
  }
}
