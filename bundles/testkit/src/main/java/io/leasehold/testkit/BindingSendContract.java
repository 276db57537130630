// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.Binding;
import io.leasehold.transport.Destination;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every transport of datagrams promises of messages that answer none. */
public abstract class BindingSendContract extends TransportGround {
  @Test
  void messageThatAnswersNoneLeavesFromThePortOfTheBinding() throws IOException {
    Binding binding = bind(loopback());
    awaitListening(binding);
    Destination to = Destination.of(loopbackAddress(), peer.port());

    for (String interfaceName : List.of(loopback(), "")) {
      assertThat(binding.send(Bytes.of(4, 5), to, interfaceName)).isTrue();

      DatagramPeer.Answer got = peer.receive(PATIENCE);
      assertThat(got.message()).isEqualTo(Bytes.of(4, 5));
      assertThat(got.port()).isEqualTo(port);
      assertThat(got.address()).isEqualTo(loopbackAddress());
    }
    Await.until(PATIENCE, () -> binding.counters().get("sent") == 2L);
  }

  @Test
  void messageToManyNeedsAnInterface() {
    Binding binding = bindLoopback();
    awaitListening(binding);
    Ipv6 many = Ipv6.ofText(family() == Family.IPV4 ? "255.255.255.255" : "ff02::1:2");
    Destination to = Destination.of(many, peer.port());

    assertThat(binding.send(Bytes.of(1), to, "")).isFalse();
    assertThat(binding.send(Bytes.of(1), to, "nosuch0")).isFalse();
    assertThat(binding.counters()).containsEntry("send-no-interface", 2L);
  }

  @Test
  void messageAfterCloseIsRefusedAndCounted() {
    Binding binding = bindLoopback();
    awaitListening(binding);
    binding.close();

    Destination to = Destination.of(loopbackAddress(), peer.port());
    assertThat(binding.send(Bytes.of(1), to, loopback())).isFalse();
    assertThat(failures(binding)).isEqualTo(1);
  }
}
