// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Ipv6;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KernelDropsTest {
  @Test
  void whatDoesNotFitTheBufferIsCounted() throws Exception {
    try (DatagramChannel deaf = DatagramChannel.open();
        DatagramChannel sender = DatagramChannel.open()) {
      deaf.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
      deaf.bind(new InetSocketAddress(InetAddress.getByName("::1"), 0));
      int port = ((InetSocketAddress) deaf.getLocalAddress()).getPort();
      Set<Ipv6> loopback = Set.of(Ipv6.ofText("::1"));
      assertThat(KernelDrops.of(loopback, port)).hasValue(0);

      for (int i = 0; i < 100; i++) {
        sender.send(ByteBuffer.allocate(1000), deaf.getLocalAddress());
      }

      assertThat(KernelDrops.of(loopback, port).orElseThrow()).isBetween(50L, 100L);
      assertThat(KernelDrops.of(Set.of(Ipv6.ofText("2001:db8::1")), port)).hasValue(0);
      assertThat(KernelDrops.of(loopback, port == 1 ? 2 : port - 1)).hasValue(0);
    }
  }
}
